from . import test_pasted_samples
from . import test_pasted_properties
