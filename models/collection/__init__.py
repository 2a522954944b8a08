from . import forms
from . import settings
from . import plain
from . import intake
from . import proposals
from . import landing
from . import chores
