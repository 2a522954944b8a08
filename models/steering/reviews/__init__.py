from . import settings
from . import review
from . import line
from . import control
