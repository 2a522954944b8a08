from . import entry
from . import line
from . import replay
from . import http
from . import chores
from . import controls
from . import due
