from .pasted import *
