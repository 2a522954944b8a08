from . import test_gate
from . import test_gate_property
from . import test_gate_waiver
