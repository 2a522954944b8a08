from . import hosts
from . import message
from . import thread
