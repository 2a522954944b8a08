from . import person
from . import decision
from . import passage
from . import request
from . import search
