from . import test_figures
from . import test_figures_frozen
from . import test_dashboard
