from . import test_http
from . import test_france
from . import test_vies
from . import test_other_registers
from . import test_registers
from . import test_registers_pace
from . import test_registers_property
