from .pasted import *
from .forms import *
