from odoo import api, fields, models

from ...models.sheet.called import called
from ...models.sheet.glance.hosts import FILL_KEY


class CustomerSheetFill(models.TransientModel):
    """Choose a missing question, then answer it sheet after sheet in an editable list."""

    _name = "customer.sheet.fill"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Fill the Gaps"

    host = fields.Selection(
        [("crm.lead", "Leads and opportunities"), ("res.partner", "Contacts")],
        string="Sheets",
        required=True,
        default="crm.lead",
    )
    scope = fields.Selection(
        [("mine", "Mine"), ("all", "All that I can see")],
        string="Whose",
        required=True,
        default="mine",
    )
    available_question_ids = fields.Many2many(
        "customer.sheet.question", compute="_compute_available_question_ids"
    )
    question_id = fields.Many2one(
        "customer.sheet.question",
        "Missing answer",
        compute="_compute_question_id",
        compute_sudo=False,  # it counts what the user may see
        store=True,
        readonly=False,
        domain="[('id', 'in', available_question_ids)]",
    )
    count = fields.Integer("Sheets to complete", compute="_compute_count")

    def _domain(self):
        self.ensure_one()
        return [("user_id", "=", self.env.uid)] if self.scope == "mine" else []

    def _lacking(self):
        """Return the domain of the sheets that lack the chosen answer."""
        codes = self.question_id.mapped("code")
        return [("sheet_missing", "in", codes), *self._domain()]

    @api.depends("host", "scope")
    def _compute_available_question_ids(self):
        questions = self.env["customer.sheet.question"]
        chosen = self.filtered("host")
        (self - chosen).available_question_ids = False
        for wizard in chosen:
            model = self.env[wizard.host]
            codes = [
                code
                for code in model._sheet_count_missing(wizard._domain())
                if model._sheet_fill_columns(code)
            ]
            found = questions.search([("code", "in", codes)])
            wizard.available_question_ids = found.sorted(lambda each, c=codes: c.index(each.code))

    @api.depends("available_question_ids")
    def _compute_question_id(self):
        """Propose the answer that most sheets lack."""
        for wizard in self:
            if wizard.question_id not in wizard.available_question_ids:
                wizard.question_id = wizard.available_question_ids[:1]

    @api.depends("question_id", "host", "scope")
    def _compute_count(self):
        chosen = self.filtered("host")
        (self - chosen).count = 0
        for wizard in chosen:
            wizard.count = self.env[wizard.host].search_count(wizard._lacking())

    @called(one=True)
    def action_open(self):
        """Open the sheets that lack the answer, with its fields as columns to type in."""
        view = self.env.ref(f"crm_customer_sheet.{self.host.replace('.', '_')}_view_list_fill")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("To complete: %(question)s", question=self.question_id.name),
            "res_model": self.host,
            "views": [(view.id, "list"), (False, "form")],
            "domain": self._lacking(),
            "context": {FILL_KEY: self.question_id.code},
        }
