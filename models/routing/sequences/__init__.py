from . import sequence
from . import step
from . import enrolment
from . import execution
from . import hosts
from . import mail
from . import rule
