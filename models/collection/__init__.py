from . import forms
from . import proposals
