from . import consent
from . import sheet
from . import quality
