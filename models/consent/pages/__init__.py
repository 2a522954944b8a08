from . import link
from . import link_request
from . import hosts
from . import opt_in
from . import event
from . import http
