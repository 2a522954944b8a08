from . import form
from . import submission
