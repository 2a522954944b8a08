from . import hosts
from . import attachment
