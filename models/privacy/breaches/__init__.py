from . import breach
from . import notice
from . import due
from . import controls
