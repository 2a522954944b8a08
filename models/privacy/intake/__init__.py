from . import settings
from . import request
from . import arrival
from . import hosts
from . import thread
from . import chores
from . import due
