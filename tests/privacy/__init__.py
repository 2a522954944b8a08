from . import test_privacy_deadline
from . import test_privacy_requests
from . import test_privacy_breaches
