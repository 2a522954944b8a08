from . import answer
from . import hosts
