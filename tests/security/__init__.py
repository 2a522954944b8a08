from . import test_evidence
from . import test_methods
from . import test_walls
