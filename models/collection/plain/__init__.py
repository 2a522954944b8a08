from . import product
from . import question
