from . import factor
from . import hosts
from . import crm_lead_score_words
from . import crm_lead_score_hot
from . import batch
