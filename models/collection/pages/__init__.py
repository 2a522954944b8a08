from . import visit
from . import form
from . import link
from . import hosts
