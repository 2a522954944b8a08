from . import hosts
from . import crm_lead_call
from . import option
from . import question
from . import activity
