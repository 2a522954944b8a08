from . import sheet
from . import consent
from . import duplicates
from . import routing
from . import collection
from . import steering
from . import privacy
