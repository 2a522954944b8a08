from . import option
from . import question
from . import snapshot
from . import version
from . import hosts
from . import stage
from . import fields_converter
from . import model_fields
