from . import complete_ask
from . import lookup
from . import paste
from . import paste_line
