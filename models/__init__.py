from . import sheet
from . import quality
from . import duplicates
from . import qualification
