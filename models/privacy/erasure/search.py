from odoo import fields, models

from . import spelt


class CustomerSheetSearch(models.Model):
    """A look for whoever is erased: their records and spellings are those of the erasure."""

    _inherit = "customer.sheet.search"

    erasure_id = fields.Many2one(
        "customer.sheet.erasure", readonly=True, ondelete="cascade", index="btree_not_null"
    )

    is_before = fields.Boolean(readonly=True, help="Looked before anything was erased.")

    def _person(self):
        return self.erasure_id.sudo() or super()._person()

    def _known(self):
        return self.erasure_id.sudo()._known() if self.erasure_id else super()._known()

    def _spelt(self):
        if not self.erasure_id:
            return super()._spelt()
        return spelt.expressions(self.erasure_id.sudo().spellings or [])
