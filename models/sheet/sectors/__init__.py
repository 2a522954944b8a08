from . import industry
from . import retail
from . import finance
from . import real_estate
from . import saas
