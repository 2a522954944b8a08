from odoo import api, models
from odoo.tools.mail import email_normalize

from ..door.do_not_contact import BY_LEDGER, note_objections
from .thread import READING_MAIL


class MailBlacklist(models.Model):
    """An address that is blocked objects to all marketing; unblocking it grants nothing."""

    _inherit = "mail.blacklist"

    @api.model_create_multi
    def create(self, vals_list):
        emails = [email_normalize(vals.get("email")) for vals in vals_list]
        blocked = self._sheet_blocked(emails)
        entries = super().create(vals_list)
        self._sheet_newly_blocked(entries.filtered("active").mapped("email"), blocked)
        return entries

    def write(self, vals):
        if "active" not in vals and "email" not in vals:
            return super().write(vals)
        blocked = set(self.filtered("active").mapped("email"))
        result = super().write(vals)
        self._sheet_newly_blocked(self.filtered("active").mapped("email"), blocked)
        return result

    @api.model
    def _sheet_blocked(self, emails):
        entries = self.sudo().with_context(active_test=True)
        return set(entries.search_fetch([("email", "in", emails)], ["email"]).mapped("email"))

    @api.model
    def _sheet_newly_blocked(self, emails, before):
        new = [email for email in emails if email not in before]
        if new and not BY_LEDGER.get() and not READING_MAIL.get():
            note_objections(self.env, self._name, new)
