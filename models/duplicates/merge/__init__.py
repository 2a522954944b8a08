from . import merge
from . import line
from . import values
from . import moves
from . import rights
from . import hosts
from . import contact_merge
from . import actions
