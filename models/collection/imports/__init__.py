from . import desk
from . import row
