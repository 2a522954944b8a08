from . import lead
