from . import words
from . import request
from . import clock
from . import due
from . import controls
