from . import bank
from . import hosts
from . import merge
from . import user
