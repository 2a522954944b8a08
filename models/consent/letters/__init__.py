from . import message
from . import thread
from . import scheduled_message
from . import template
from . import compose_message
from . import mail
from . import mail_blacklist
