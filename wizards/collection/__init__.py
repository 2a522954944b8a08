from . import complete_ask
from . import paste
from . import paste_line
