from . import hosts
from . import merge
from . import user
