from . import search
from . import hit
from . import hosts
from . import chores
