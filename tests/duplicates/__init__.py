from . import test_match_find
from . import test_match_keys
from . import test_match_names
from . import test_match_quality
from . import test_match_queue
