from . import settings
from . import request
from . import arrival
from . import hosts
from . import chores
from . import due
