from . import test_routing_rule
from . import test_routing_people
from . import test_routing_trace
from . import test_routing_moments
from . import test_routing_volume
from . import test_routing_rights
from . import test_routing_tours
