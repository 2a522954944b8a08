from . import playbook
from . import playbook_line
from . import hosts
