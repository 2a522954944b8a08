from . import settings
from . import plain
from . import forms
from . import intake
from . import proposals
from . import stub
from . import pages
from . import chores
