from . import form
from . import line
from . import consent
from . import version
