from . import gate
from . import criterion
from . import hosts
