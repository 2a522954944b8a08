from . import register
from . import pace
