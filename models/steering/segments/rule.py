from odoo import models

from .fields import FIELD


class CustomerSheetRoutingRule(models.Model):
    """A rule whose condition names segments looks when what these read changes."""

    _inherit = "customer.sheet.routing.rule"

    def _field_names(self):
        names = super()._field_names()
        if FIELD not in names:
            return names
        read = self._segments()._field_names()
        return dict.fromkeys([name for name in [*names, *read] if name != FIELD]).keys()

    def _segments(self):
        """Return the segments that the condition names; all of leads, where it names them in
        another way than one by one."""
        segments = self.env["customer.sheet.segment"].sudo().with_context(active_test=False)
        leads = segments.search([("model", "=", "crm.lead")])
        named = set()
        for condition in self._own_domain().iter_conditions():
            if condition.field_expr == FIELD:
                value = condition.value
                values = [value] if isinstance(value, int) else value
                if not isinstance(values, (list, tuple, set)) or not all(
                    isinstance(each, int) for each in values
                ):
                    return leads
                named.update(values)
        return leads.filtered(lambda segment: segment.id in named)
