from .sheet import *
from .quality import *
from .qualification import *
