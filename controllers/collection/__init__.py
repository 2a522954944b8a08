from . import form
from . import complete
from . import embed
