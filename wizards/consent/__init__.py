from . import publish
from . import entry_mixin
from . import record
from . import inform
from . import seal_compare
