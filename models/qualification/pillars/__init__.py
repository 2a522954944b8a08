from . import hosts
from . import dates
