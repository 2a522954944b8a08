from . import ground
from . import hosts
from . import held
from . import person
