from . import settings
from . import request
from . import chores
