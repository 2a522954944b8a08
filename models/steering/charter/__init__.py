from . import line
from . import control
