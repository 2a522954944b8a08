from . import plain
from . import forms
from . import proposals
from . import api
from . import capture
from . import chores
