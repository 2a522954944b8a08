from . import consent
from . import sheet
from . import quality
from . import collection
from . import overview
from . import privacy
