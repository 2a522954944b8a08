from . import settings
from . import question
from . import hosts
from . import language_model
from . import thread
