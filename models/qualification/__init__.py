from . import customer_sheet_gate
from . import customer_sheet_gate_criterion
from . import customer_sheet_gate_waiver
from . import crm_lead_gate
from . import crm_lead_gate_form
from . import crm_lead_waiver
from . import crm_lead_pillar
