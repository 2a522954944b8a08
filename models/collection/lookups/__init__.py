from . import settings
from . import register
from . import request
from . import hosts
