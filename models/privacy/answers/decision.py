from odoo import api, fields, models
from odoo.exceptions import UserError

from ..letters.request import long_day
from .words import ANSWERS, ANSWERS_OF, CATEGORIES, REASONS


class CustomerSheetRequestDecision(models.Model):
    """What is done with one category of a person's data on a request, and why."""

    _name = "customer.sheet.request.decision"
    _description = "Decision on a Privacy Request"
    _inherit = ["customer.sheet.evidence.mixin"]
    _order = "id"
    _rec_name = "category"

    _sheet_editable = frozenset({"answer", "ground", "until", "words"})

    request_id = fields.Many2one(
        "customer.sheet.request", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True)
    category = fields.Selection(CATEGORIES, "Data", required=True, readonly=True)
    answer = fields.Selection(ANSWERS, "Decision", required=True)
    ground = fields.Selection(REASONS, "Why")
    until = fields.Date()
    words = fields.Text("To be said")

    _category_unique = models.Constraint(
        "UNIQUE (request_id, category)", "There is one decision for each kind of data."
    )

    @api.constrains("answer", "ground", "words")
    def _check_answer(self):
        for decision in self:
            if decision.answer not in ANSWERS_OF.get(decision.request_id.kind, ()):
                raise UserError(self.env._("This cannot be decided on what they ask for."))
            if decision.answer in ("keep", "withhold") and not decision.ground:
                raise UserError(
                    self.env._(
                        "Say why it is kept or withheld: the person is told, and may complain."
                    )
                )

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self.request_id._check_open()
        erasures = self.request_id.erasure_ids.sudo()
        if erasures.filtered(lambda each: each.state in ("waiting", "approved")):
            raise UserError(
                self.env._(
                    "The erasure of this request waits for its approval, or has it: press “Back to"
                    " the preview” there before you decide otherwise."
                )
            )
        erasures.filtered(lambda each: each.state == "draft").is_changed = True
        return super().write(vals)

    def _said(self):
        """Return the decision as the letter says it."""
        field, reason = self._fields["category"], self._fields["ground"]
        values = {
            "data": dict(field._description_selection(self.env))[self.category],
            "why": dict(reason._description_selection(self.env)).get(self.ground, ""),
            "day": long_day(self.env, self.until),
        }
        if self.answer in ("give", "erase"):
            said = values["data"]
        elif self.until and self.answer == "keep":
            said = self.env._("%(data)s, until %(day)s: %(why)s.", **values)
        else:
            said = self.env._("%(data)s: %(why)s.", **values)
        return f"{said} {self.words}" if self.words else said

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What was decided on a request stays."))
