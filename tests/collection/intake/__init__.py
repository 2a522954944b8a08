from . import test_plain_read
from . import test_plain_read_property
from . import test_receive
from . import test_landing
from . import test_landing_known
from . import test_submission_rights
