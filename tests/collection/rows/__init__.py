from . import test_import_review
from . import test_run
from . import test_run_consents
from . import test_mending
from . import test_takeback
from . import test_unlucky
from . import test_hostile
from . import test_nasty_rows
