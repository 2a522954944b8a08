from . import forms
from . import proposals
from . import pasted
