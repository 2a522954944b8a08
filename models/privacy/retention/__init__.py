from . import settings
from . import rule
from . import run
from . import line
from . import hosts
from . import chores
from . import controls
from . import due
