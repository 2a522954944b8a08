from . import gate
from . import criterion
from . import crm_lead_gate_judge
from . import hosts
from . import gate_qualified
