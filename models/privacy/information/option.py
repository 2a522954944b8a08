from odoo import api, fields, models, tools


class CustomerSheetOption(models.Model):
    """Some sources of contacts are not the people themselves."""

    _inherit = "customer.sheet.option"

    is_indirect = fields.Boolean(
        "Not from the person",
        help="Of a source: somebody else gave us the data. Whoever comes from it is told so within"
        " a month (GDPR, Art. 14).",
    )

    @api.model
    @tools.ormcache()
    def _indirect_ids(self):
        """Return the ids of the sources that are not the person, archived ones too."""
        options = self.sudo().with_context(active_test=False)
        return tuple(options.search([("kind", "=", "source"), ("is_indirect", "=", True)]).ids)
