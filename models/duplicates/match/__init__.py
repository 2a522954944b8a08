from . import rule
from . import key
from . import hosts
