from . import hosts
from . import activity_type
from . import activity
from . import activity_schedule
from . import phone_blacklist
from . import event
