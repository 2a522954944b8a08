from . import catalogue_publish
from . import control_attest
from . import fill
