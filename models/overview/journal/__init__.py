from . import hosts
from . import export
