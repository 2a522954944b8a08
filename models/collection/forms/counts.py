from odoo import fields, models

from ...sheet.called import called


class CustomerSheetForm(models.Model):
    """What came in by a form."""

    _inherit = "customer.sheet.form"

    received_count = fields.Integer("Received", compute="_compute_counts")
    held_count = fields.Integer("Held", compute="_compute_counts")

    def _compute_counts(self):
        submissions = self.env["customer.sheet.submission"].sudo()  # numbers only
        domain = [("form_id", "in", self.ids), ("state", "!=", "draft")]
        rows = submissions._read_group(domain, ["form_id", "state"], ["__count"])
        counts = {(form, state): count for form, state, count in rows}
        for form in self:
            mine = {state: count for (each, state), count in counts.items() if each == form}
            form.received_count = sum(mine.values())
            form.held_count = mine.get("held", 0)

    @called(one=True)
    def action_open_received(self):
        """Open what came in by the form, the latest first."""
        return self._open_submissions([("state", "!=", "draft")])

    @called(one=True)
    def action_open_held(self):
        """Open what came in by the form and is held for a person to look at."""
        return self._open_submissions([("state", "=", "held")])

    def _open_submissions(self, domain):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Received by “%(form)s”", form=self.name),
            "res_model": "customer.sheet.submission",
            "view_mode": "list,form",
            "domain": [("form_id", "=", self.id), *domain],
            "context": {},
        }
