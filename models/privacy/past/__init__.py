from . import hosts
from . import past
from . import request
