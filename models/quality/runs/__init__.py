from . import hosts
from . import run
from . import figure
