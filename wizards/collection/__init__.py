from . import paste
from . import paste_line
