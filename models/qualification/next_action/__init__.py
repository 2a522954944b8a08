from . import hosts
from . import option
from . import question
from . import activity
