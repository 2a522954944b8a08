from . import map
from . import person
from . import scan
from . import regimes
from . import requests
from . import letters
from . import breaches
