from . import term
from . import finding
from . import hosts
from . import message
from . import activity
