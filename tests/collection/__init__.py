from . import test_proposals
from . import test_proposals_property
from . import test_proposals_rights
from . import test_proposals_moves
from . import test_proposals_tours
from .forms import *
from .pages import *
