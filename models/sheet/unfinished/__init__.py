from . import unfinished
from . import hosts
