from . import plain
from . import forms
from . import intake
from . import proposals
from . import pasted
from . import chores
