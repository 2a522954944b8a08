from markupsafe import Markup

from odoo import api, fields, models


class CustomerSheetPasteLine(models.TransientModel):
    """One answer that stands in a pasted text."""

    _name = "customer.sheet.paste.line"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Answer in a Text"
    _order = "id"

    paste_id = fields.Many2one(
        "customer.sheet.paste", required=True, readonly=True, ondelete="cascade", index=True
    )
    is_chosen = fields.Boolean("Take it", default=True)
    question_id = fields.Many2one("customer.sheet.question", required=True, readonly=True)
    value = fields.Json("Plain value", readonly=True)
    low = fields.Float("From", readonly=True)
    shown = fields.Char("It says", compute="_compute_shown")
    here = fields.Char(compute="_compute_here", compute_sudo=False, help="What the sheet says now.")
    words = fields.Char("In these words", readonly=True)
    of_model = fields.Boolean("Read by the language model", readonly=True)
    start = fields.Integer(readonly=True)
    end = fields.Integer(readonly=True)

    @api.depends("question_id", "value", "low")
    def _compute_shown(self):
        for line in self:
            ends = [line.low, line.value] if line.low else [line.value]
            line.shown = " – ".join(map(line._in_words, ends))

    @api.depends("question_id", "paste_id.lead_id", "paste_id.partner_id")
    def _compute_here(self):
        for line in self:
            record, question = line.paste_id._record(), line.question_id
            known = question._plain_value(record) if record and question else None
            line.here = line._in_words(known)

    def _in_words(self, value):
        return self.question_id._plain_text(value) if self.question_id else ""

    def _mark(self, text):
        """Return the words of the line as they stand in the text, marked and named."""
        return Markup('<mark>%s<small class="o_sheet_pasted_name">%s</small></mark>') % (
            text[self.start : self.end],
            self.question_id.name,
        )
