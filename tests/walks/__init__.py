from . import test_walk_bindings
from . import test_walk_copies
from . import test_walk_forms
from . import test_walk_menus
from . import test_walk_searches
