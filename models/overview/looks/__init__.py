from . import look
from . import hosts
