from . import waiver
from . import hosts
