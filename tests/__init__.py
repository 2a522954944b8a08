from .sheet import *
from .quality import *
from .consent import *
from .qualification import *
