from . import room
from . import rules
from . import sequences
from . import forgotten
from . import settings
from . import chores
