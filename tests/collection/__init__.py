from .forms import *
