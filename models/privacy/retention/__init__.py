from . import rule
from . import run
from . import line
