from . import api
from . import form
from . import complete
from . import embed
from . import import_template
from . import import_workbook
