from odoo import api, models

from .do_not_contact import BY_LEDGER, note_objections


class PhoneBlacklist(models.Model):
    """A number that is blocked objects to all calls and messages of a marketing purpose;
    unblocking it grants nothing."""

    _inherit = "phone.blacklist"

    @api.model_create_multi
    def create(self, vals_list):
        # Stock reactivates known numbers by write, which we follow too.
        newest = self.sudo().with_context(active_test=False).search([], order="id desc", limit=1)
        entries = super().create(vals_list)
        new = entries.filtered(lambda entry: entry.active and entry.id > newest.id)
        self._sheet_newly_blocked(new.mapped("number"))
        return entries

    def write(self, vals):
        if "active" not in vals and "number" not in vals:
            return super().write(vals)
        blocked = set(self.filtered("active").mapped("number"))
        result = super().write(vals)
        numbers = self.filtered("active").mapped("number")
        self._sheet_newly_blocked([number for number in numbers if number not in blocked])
        return result

    @api.model
    def _sheet_newly_blocked(self, numbers):
        if numbers and not BY_LEDGER.get():
            note_objections(self.env, self._name, numbers)
