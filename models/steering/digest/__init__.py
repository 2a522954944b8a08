from . import digest
from . import control
