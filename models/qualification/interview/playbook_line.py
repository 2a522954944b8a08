from odoo import fields, models


class CustomerSheetPlaybookLine(models.Model):
    """One question of a playbook, in its place in the conversation."""

    _name = "customer.sheet.playbook.line"
    _description = "Interview Playbook Question"
    _order = "sequence, id"
    _rec_name = "question_id"

    playbook_id = fields.Many2one(
        "customer.sheet.playbook", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    question_id = fields.Many2one(
        "customer.sheet.question", required=True, ondelete="cascade", index=True
    )
    section = fields.Selection(related="question_id.section")
    wording = fields.Text(
        "Own wording",
        translate=True,
        help="How to ask it in this conversation; empty = as in the catalogue.",
    )
    catalogue_wording = fields.Text("Wording of the catalogue", related="question_id.wording")
