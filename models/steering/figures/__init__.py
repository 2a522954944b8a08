from . import users
from . import value
from . import kpi
from . import hosts
from . import retention_line
from . import shipped
