from . import plain
from . import forms
from . import proposals
from . import pages
from . import settings
from . import chores
