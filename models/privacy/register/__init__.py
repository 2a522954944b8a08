from . import settings
from . import processor
from . import processing
from . import formality
from . import version
from . import controls
from . import due
from . import request
