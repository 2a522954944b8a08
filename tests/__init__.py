from .sheet import *
from .quality import *
from .consent import *
from .duplicates import *
from .qualification import *
from .routing import *
from .security import *
from .walks import *
