from .api import *
from .capture import *
from .forms import *
from .pages import *
