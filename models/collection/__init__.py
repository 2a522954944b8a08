from . import plain
from . import forms
from . import proposals
from . import chores
