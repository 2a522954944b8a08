from . import purchase
from . import hosts
