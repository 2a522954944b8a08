from . import form
from . import line
from . import consent
from . import version
from . import publish
from . import words
from . import screen
from . import follow
