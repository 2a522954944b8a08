from . import test_map
from . import test_patterns
from . import test_person
from . import test_person_search
