from . import test_forgotten
from . import test_sequence
from . import test_sequence_mail
from . import test_sequence_rights
from . import test_sequence_stops
from . import test_sequence_tours
