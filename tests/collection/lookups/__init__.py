from . import test_lookup
from . import test_lookup_vat
from . import test_lookup_many
from . import test_lookup_silence
from . import test_lookup_tours
