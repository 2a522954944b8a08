from . import export_log
from . import hosts
from . import blanks
from . import playbook
