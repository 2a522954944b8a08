from odoo import fields, models


class CustomerSheetRoutingRule(models.Model):
    """A rule may start a sequence of messages and calls (E2)."""

    _inherit = "customer.sheet.routing.rule"

    sequence_id = fields.Many2one(
        "customer.sheet.sequence",
        "Start the sequence",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Each of its messages is sent only if the person may be contacted at that moment.",
    )

    def _does_something(self):
        return super()._does_something() or bool(self.sequence_id)

    def _start_sequence(self, leads):
        """Enrol the leads in the sequence of this rule, and return those that start it."""
        return self.sequence_id._enrol(leads, self).lead_id
