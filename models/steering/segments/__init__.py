from . import segment
from . import segment_use
from . import count
from . import hosts
from . import rule
