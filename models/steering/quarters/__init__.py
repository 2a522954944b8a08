from . import review
from . import line
