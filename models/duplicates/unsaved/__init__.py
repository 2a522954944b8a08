from . import key
