from . import test_customer_value
from . import test_segments
from . import test_segment_uses
from . import test_worth
from .figures import *
