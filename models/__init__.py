from . import sheet
from . import quality
