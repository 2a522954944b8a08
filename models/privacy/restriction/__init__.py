from . import ground
from . import user
from . import hosts
from . import held
from . import person
from . import request
from . import chores
