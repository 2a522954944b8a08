from . import hosts
from . import words
from . import res_partner
from . import crm_lead
from . import base
from . import country
from . import bank
