from . import test_figures
from . import test_figures_frozen
from . import test_dashboard
from . import test_dashboard_tours
from . import test_figures_privacy
