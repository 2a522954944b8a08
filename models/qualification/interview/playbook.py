from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerSheetPlaybook(models.Model):
    """How one talks with a kind of customer: questions of the catalogue, in order (F6)."""

    _name = "customer.sheet.playbook"
    _description = "Interview Playbook"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    typology = fields.Selection(
        [("any", "B2C and B2B"), ("b2c", "B2C"), ("b2b", "B2B")], required=True, default="any"
    )
    sector_ids = fields.Many2many(
        "customer.sheet.option",
        string="Sectors",
        domain="[('kind', '=', 'sector')]",
        context={"sheet_option_kind": "sector"},
        help="Leave empty for every sector.",
    )
    opening = fields.Text(translate=True, help="What one says first.")
    closing = fields.Text(translate=True, help="What one says at the end.")
    line_ids = fields.One2many(
        "customer.sheet.playbook.line", "playbook_id", "Questions", copy=True
    )
    question_count = fields.Integer("Number of questions", compute="_compute_question_count")

    @api.depends("line_ids")
    def _compute_question_count(self):
        for playbook in self:
            playbook.question_count = len(playbook.line_ids)

    @api.constrains("sector_ids")
    def _check_sectors(self):
        for playbook in self:
            if wrong := playbook.sector_ids.filtered(lambda option: option.kind != "sector"):
                raise ValidationError(
                    self.env._(
                        "“%(option)s” is not a sector. Choose the values of “Sectors” in this"
                        " list.",
                        option=wrong[0].name,
                    )
                )

    def _ranked(self, typology, sector):
        """Return those of ``self`` that suit a customer, the most specific first.

        A playbook for the sector beats one for the typology, which beats one for everybody.
        """
        suitable = self.filtered(
            lambda playbook: (
                playbook.typology in ("any", typology)
                and (not playbook.sector_ids or sector in playbook.sector_ids.mapped("code"))
            )
        )
        return suitable.sorted(
            lambda playbook: (not playbook.sector_ids, playbook.typology == "any")
        )
