from . import hosts
from . import readers
from . import figure
