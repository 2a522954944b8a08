from odoo import api, models

from ...sheet.fields import HOSTS
from .finding import Text


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._sheet_review(is_new=True)
        return messages

    def write(self, vals):
        result = super().write(vals)
        if "body" in vals:
            self._sheet_review()
        return result

    def _sheet_review(self, is_new=False):
        """Look through what people of the house write on sheets; mail that comes in is theirs
        who wrote it."""
        written = self.filtered(lambda message: message._sheet_is_ours())
        texts = [
            Text(
                self.env[message.model].browse(message.res_id),
                "message",
                message.body,
                True,
                message,
            )
            for message in written
        ]
        if texts:
            self.env["customer.sheet.sensitive.finding"]._review(texts, is_new)

    def _sheet_is_ours(self):
        by_hand = self.message_type in ("comment", "email_outgoing") or self.mail_activity_type_id
        return (
            by_hand
            and self.model in HOSTS
            and self.res_id
            and self.env.user._is_internal()
            and not self.env.user._is_superuser()
        )
