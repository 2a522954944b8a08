from . import place
from . import chores
from . import controls
