from odoo import api, fields, models
from odoo.fields import Domain

from ...sheet.fields import flag_domain


class CustomerSheetRetentionLine(models.Model):
    """People whose time is over: what figures count of them."""

    _inherit = "customer.sheet.retention.line"

    is_overdue = fields.Boolean("Overdue", compute="_compute_figured", search="_search_is_overdue")
    is_latest = fields.Boolean(
        "Of the last preview", compute="_compute_figured", search="_search_is_latest"
    )

    def _compute_figured(self):
        overdue = self.filtered_domain(self._overdue_domain())
        latest = self.filtered_domain(self._latest_domain())
        for line in self:
            line.is_overdue, line.is_latest = line in overdue, line in latest

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return flag_domain(self._overdue_domain(), value)

    @api.model
    def _search_is_latest(self, operator, value):
        if operator != "in":
            return NotImplemented
        return flag_domain(self._latest_domain(), value)

    @api.model
    def _latest_domain(self):
        """Return the domain of those whose data are to go, as the last preview has found them."""
        run = self.env["customer.sheet.retention.run"]._last_looked()
        return Domain("run_id", "=", run.id) & Domain("action", "!=", "keep")
