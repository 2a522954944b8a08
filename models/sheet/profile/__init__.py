from . import hosts
from . import res_partner_profile
from . import res_partner_purchases
from . import crm_lead_need
from . import crm_lead_qualification
from . import stakeholder
