from . import forgotten
from . import users
