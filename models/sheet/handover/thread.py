import logging

from odoo import api, models

from . import incoming_mail
from .message import AUTOMATIC

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    """What the headers of incoming mail tell, noted while they are at hand."""

    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        values = super().message_parse(message, save_original=save_original)
        if incoming_mail.is_automatic(message):
            values[AUTOMATIC] = True
        return values

    def _get_message_create_valid_field_names(self):
        return super()._get_message_create_valid_field_names() | {AUTOMATIC}

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Count only what was refused for good: a late message may still arrive (RFC 3464)."""
        if incoming_mail.is_refusal(email_message):
            return super()._routing_handle_bounce(email_message, message_dict)
        _logger.info("Mail %s reports no refusal: not counted", message_dict["message_id"])
        return None
