from . import notice
from . import version
from . import publish
