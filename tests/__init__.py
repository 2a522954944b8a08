from .sheet import *
from .quality import *
