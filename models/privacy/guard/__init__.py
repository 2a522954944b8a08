from . import hosts
