from . import hosts
from . import merge
