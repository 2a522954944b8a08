from . import row
from . import desk
