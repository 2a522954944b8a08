from . import lead
from . import quality
