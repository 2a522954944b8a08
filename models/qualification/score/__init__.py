from . import factor
from . import hosts
from . import batch
