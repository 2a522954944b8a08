from . import visit
from . import form
from . import submission
from . import link
from . import hosts
