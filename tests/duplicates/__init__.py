from . import test_match_find
from . import test_match_keys
from . import test_match_names
