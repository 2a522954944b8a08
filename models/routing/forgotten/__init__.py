from . import forgotten
from . import forgotten_digest
from . import users
