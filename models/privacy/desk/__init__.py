from . import case
from . import desk
