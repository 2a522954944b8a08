from . import forms
from . import chores
