from odoo import fields, models


class CustomerSheetFormLine(models.Model):
    """One question of a form, in its place."""

    _name = "customer.sheet.form.line"
    _description = "Question of a Form"
    _order = "sequence, id"
    _rec_name = "question_id"

    form_id = fields.Many2one(
        "customer.sheet.form", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    step_title = fields.Char(
        "New page", translate=True, help="A new page of the form begins here, with this title."
    )
    question_id = fields.Many2one(
        "customer.sheet.question",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("is_public", "=", True)],
    )
    asked = fields.Selection(
        [
            ("always", "Always"),
            ("if_unknown", "If not known yet"),
            ("next_best", "When it is the most useful"),
        ],
        required=True,
        default="always",
        help="Of people who come with a personal link, a form asks only what is not known yet.",
    )
    required = fields.Boolean("Obligatory")
