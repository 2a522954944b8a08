from odoo import api, models

from .message import PURPOSE


class MailScheduledMessage(models.Model):
    """A message that is posted later is judged when it leaves, for the purpose it was written."""

    _inherit = "mail.scheduled.message"

    @api.model
    def _notification_parameters_whitelist(self):
        return super()._notification_parameters_whitelist() | {PURPOSE}
