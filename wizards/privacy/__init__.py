from . import request_step
from . import breach_notify
from . import breach_estimate
from . import processing_publish
