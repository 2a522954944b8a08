from . import checks
from . import corrections
from . import domains
from . import runs
from . import sensitive
from . import settings
from . import chores
from . import controls
