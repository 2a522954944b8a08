from . import test_pasted_samples
from . import test_pasted_properties
from . import test_paste
from . import test_pasted_mail
from . import test_pasted_model
