from . import test_columns
from . import test_reading
