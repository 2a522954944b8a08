from . import test_columns
from . import test_reading
from . import test_reading_property
