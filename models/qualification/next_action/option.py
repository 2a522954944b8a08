from odoo import api, fields, models, tools


class CustomerSheetOption(models.Model):
    _inherit = "customer.sheet.option"

    call_delay = fields.Selection(
        [
            ("0", "On the same day"),
            ("1", "On the next working day"),
            ("2", "In 2 working days"),
            ("3", "In 3 working days"),
            ("5", "In 5 working days"),
            ("10", "In 10 working days"),
            ("none", "No call"),
        ],
        "Qualification call",
        help="When a new lead from this source is called. Empty: as in the settings.",
    )

    @api.model
    @tools.ormcache()
    def _call_delays(self):
        """Return ``{id: delay}`` of the sources that have a delay of their own."""
        sources = self.sudo().with_context(active_test=False)
        own = sources.search_fetch(
            [("kind", "=", "source"), ("call_delay", "!=", False)], ["call_delay"]
        )
        return {source.id: source.call_delay for source in own}
