from . import option
from . import hosts
from . import mail
from . import chores
from . import controls
from . import due
