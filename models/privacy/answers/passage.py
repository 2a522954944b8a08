from odoo import api, fields, models
from odoo.exceptions import UserError

from .words import PASSAGES


class CustomerSheetRequestPassage(models.Model):
    """A place in which the person stands, but which is not theirs alone: given, or withheld.

    Only the place is kept; what it says is read from it whenever somebody looks.
    """

    _name = "customer.sheet.request.passage"
    _description = "Passage About a Person"
    _inherit = ["customer.sheet.evidence.mixin"]
    _order = "give desc, kind, table, row, column, id"
    _rec_name = "table"

    _sheet_editable = frozenset({"give", "words"})

    request_id = fields.Many2one(
        "customer.sheet.request", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True)
    table = fields.Char(required=True, readonly=True)
    column = fields.Char(readonly=True)
    row = fields.Integer("Number", required=True, readonly=True, aggregator=None)
    kind = fields.Selection(PASSAGES, "Why it is asked", required=True, readonly=True)
    give = fields.Boolean("Give it to them")
    words = fields.Char("Why")
    where = fields.Char(compute="_compute_where")
    extract = fields.Text(compute="_compute_extract")

    _place_unique = models.UniqueIndex(
        '(request_id, "table", "column", row)', "This passage is in the list already."
    )

    @api.depends("table", "column")
    @api.depends_context("lang")
    def _compute_where(self):
        for passage in self:
            model = self.env.get(passage.table)
            field = model._fields.get(passage.column) if model is not None else None
            name = self.env["ir.model"]._get(passage.table).name or passage.table
            words = [name, field._description_string(self.env) if field else ""]
            passage.where = " · ".join(filter(None, words))

    @api.depends("table", "column", "row")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_extract(self):
        self.extract = False
        for request, passages in self.grouped("request_id").items():
            texts = request._extracts(passages)
            for passage in passages:
                passage.extract = texts.get(passage._origin.id or passage.id)

    def write(self, vals):
        if not self.env.su:
            self.request_id._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What was decided on a request stays."))
