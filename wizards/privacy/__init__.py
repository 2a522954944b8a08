from . import request_step
from . import breach_notify
from . import erasure_back
from . import restrict
from . import erasure_upload
from . import request_file
