from . import days_off
from . import regime
