from . import mixin_aging
from . import hosts
from . import mixin_figures
from . import run
from . import quality_run_export
from . import figure
