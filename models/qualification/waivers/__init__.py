from . import waiver
from . import crm_lead_gate_form
from . import hosts
from . import crm_lead_gate_unasked
