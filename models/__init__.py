from . import sheet
from . import quality
from . import qualification
