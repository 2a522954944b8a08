from . import test_capture
from . import test_capture_tours
from . import test_vcard
