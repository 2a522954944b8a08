from . import request_step
from . import breach_notify
from . import restrict
from . import request_file
