from . import desk
from . import hosts
