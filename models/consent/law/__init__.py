from . import setting_mixin
from . import purpose
from . import rule
from . import campaign
