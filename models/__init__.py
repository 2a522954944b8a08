from . import sheet
from . import quality
from . import consent
from . import duplicates
from . import qualification
from . import routing
from . import collection
