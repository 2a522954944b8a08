from . import email_domain
from . import email_domain_lookup
