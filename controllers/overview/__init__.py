from . import journal
