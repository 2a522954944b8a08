from . import answer
from . import mixin_gaps
from . import hosts
