from . import merge
