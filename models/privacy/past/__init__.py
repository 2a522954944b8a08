from . import hosts
from . import past
