from . import form
from . import key
