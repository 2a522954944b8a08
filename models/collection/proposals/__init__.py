from . import proposal
from . import hosts
from . import merge
