from . import hosts
from . import stakeholder
