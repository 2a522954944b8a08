from . import consent_links
from . import consent_notice
from . import consent_preferences
from . import consent_proof
from . import lead
from . import quality
