from . import email_domain
