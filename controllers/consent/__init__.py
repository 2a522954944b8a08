from . import links
from . import notice
from . import preferences
from . import proof
