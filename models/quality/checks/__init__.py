from . import hosts
from . import words
from . import base
from . import country
from . import company
from . import bank
