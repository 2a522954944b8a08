from . import control
from . import switches
from . import result
from . import chores
