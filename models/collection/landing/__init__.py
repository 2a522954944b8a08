from . import submission
from . import hosts
