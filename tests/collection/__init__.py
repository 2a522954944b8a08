from .pages import *
