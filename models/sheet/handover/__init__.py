from . import hosts
from . import crm_lead_merge
from . import message
from . import thread
