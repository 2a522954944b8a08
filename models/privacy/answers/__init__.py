from . import decision
from . import request
