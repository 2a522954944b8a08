from odoo import api, fields, models
from odoo.exceptions import UserError

from ..person.known import REASONS


class CustomerSheetErasureRecord(models.Model):
    """A contact, a lead or a login that is, or may be, of the person who is erased."""

    _name = "customer.sheet.erasure.record"
    _description = "Record of an Erasure"
    _inherit = ["customer.sheet.evidence.mixin"]
    _order = "is_certain desc, id"
    _rec_name = "model"

    _sheet_editable = frozenset({"is_included"})

    erasure_id = fields.Many2one(
        "customer.sheet.erasure", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="erasure_id.company_id", store=True, index=True)
    model = fields.Char(required=True, readonly=True)
    row = fields.Many2oneReference(
        "Number", model_field="model", required=True, readonly=True, index=True
    )
    why = fields.Selection(REASONS, required=True, readonly=True)
    is_certain = fields.Boolean("Certain", readonly=True)
    is_included = fields.Boolean("Is the person")
    model_label = fields.Char("What", compute="_compute_name")
    name = fields.Char(compute="_compute_name")

    @api.depends("model", "row")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_name(self):
        here = self.env["customer.sheet.search.hit"]._here
        for each in self:
            record = here(each._record())
            each.model_label = self.env["ir.model"]._get(each.model).name or each.model
            each.name = record.display_name or str(each.row)

    def _record(self):
        """Return the record itself, archived or not, if it still is there."""
        records = self.env[self.model].sudo().with_context(active_test=False)
        return records.browse(self.row).exists()

    def write(self, vals):
        if not self.env.su:
            self.erasure_id._check_draft()
            if any(each.is_certain and not vals.get("is_included", True) for each in self):
                raise UserError(
                    self.env._(
                        "This record is the person beyond doubt: leave out none of these. If that"
                        " is wrong, take the link away first (a merge, a join in the ledger)."
                    )
                )
        result = super().write(vals)
        if not self.env.su and "is_included" in vals:
            self.erasure_id.sudo().is_changed = True
        return result
