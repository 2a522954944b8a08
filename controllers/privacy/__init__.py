from . import page
from . import confirm
from . import portal
from . import answer
from . import past
from . import register
