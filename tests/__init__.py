from .sheet import *
from .quality import *
from .duplicates import *
from .qualification import *
