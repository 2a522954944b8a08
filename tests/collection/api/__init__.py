from . import test_api
from . import test_api_examples
from . import test_api_keys
