from . import test_import_table
from . import test_import_file
from . import test_import_audit
from . import test_import_tours
from . import test_import_bombs
