from . import question
from . import submission
from . import form
