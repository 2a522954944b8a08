from . import gate
from . import waivers
from . import pillars
from . import score
from . import interview
from . import next_action
from . import settings
from . import chores
