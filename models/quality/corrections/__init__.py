from . import mixin_memory
from . import hosts
