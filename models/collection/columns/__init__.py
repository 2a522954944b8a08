from . import value
from . import column
from . import desk
from . import fields_converter
