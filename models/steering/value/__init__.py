from . import settings
from . import purchase
from . import hosts
