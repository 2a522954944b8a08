from . import column
from . import value
