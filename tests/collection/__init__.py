from .forms import *
from .pages import *
