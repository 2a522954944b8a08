from . import control
from . import result
from . import chores
