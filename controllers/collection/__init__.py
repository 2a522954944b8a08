from . import api
from . import form
from . import complete
from . import embed
