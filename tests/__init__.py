from .sheet import *
