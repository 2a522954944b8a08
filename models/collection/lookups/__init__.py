from . import settings
from . import hosts
from . import request
