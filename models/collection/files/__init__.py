from . import desk
from . import export_log
