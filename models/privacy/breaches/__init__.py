from . import breach
from . import notice
