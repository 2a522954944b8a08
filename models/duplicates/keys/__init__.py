from . import profile
from . import term
from . import shared
from . import dirty
from . import key
from . import hosts
from . import email_domain
