from . import activity
from . import attachment
from . import bank
from . import hosts
from . import merge
from . import user
