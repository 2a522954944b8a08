from . import test_review
from . import test_review_lines
from . import test_review_signing
from . import test_quarter
from . import test_charter
from . import test_digest
from . import test_review_tours
from . import test_first_run
