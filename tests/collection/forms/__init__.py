from . import test_form_content
from . import test_form_editing
from . import test_form_following
from . import test_form_publishing
from . import test_form_shipped
from . import test_form_tours
