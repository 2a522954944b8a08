from . import value
from . import column
from . import desk
