from . import rule
from . import rule_runs
from . import trace
from . import preview
from . import hosts
from . import team
