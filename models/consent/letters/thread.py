from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, models

from .message import PURPOSE

#: Set while incoming mail is read: an address that is blocked then has bounced, nobody said no.
READING_MAIL = ContextVar("crm_customer_sheet_reading_mail", default=False)

#: Set while the application posts by itself: nobody is there to read a refusal, and nothing
#: of ours may stop the flow.  The mails are cancelled when they would leave.
POSTING = ContextVar("crm_customer_sheet_posting", default=False)


class MailThread(models.AbstractModel):
    """Messages are posted for a purpose."""

    _inherit = "mail.thread"

    def _get_message_create_valid_field_names(self):
        return super()._get_message_create_valid_field_names() | {PURPOSE}

    def message_mail_with_source(self, source_ref, **kwargs):
        """Send for the purpose of the template only: no person is here to choose another."""
        template, _view = self._get_source_from_ref(source_ref)
        purpose = template.sudo().sheet_consent_purpose_id if template else False
        kwargs.setdefault(PURPOSE, purpose.id if purpose else False)
        return super().message_mail_with_source(source_ref, **kwargs)

    def message_post_with_source(self, source_ref, **kwargs):
        with _set(POSTING):
            return super().message_post_with_source(source_ref, **kwargs)

    @api.model
    def message_route(self, *args, **kwargs):
        with _set(READING_MAIL):
            return super().message_route(*args, **kwargs)


@contextmanager
def _set(flag):
    token = flag.set(True)
    try:
        yield
    finally:
        flag.reset(token)
