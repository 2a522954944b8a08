from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..called import called
from .plan_question import can_hold_answer, is_status_field

SECTIONS = [
    ("header", "Profile"),
    ("identification", "Identity"),
    ("contact", "Contact details"),
    ("need", "Need"),
    ("qualification", "Qualification"),
    ("sector", "Sector"),
    ("documents", "Documents"),
    ("consent", "Consents"),
    ("follow_up", "Follow-up"),
]

PILLARS = [
    ("budget", "Budget"),
    ("authority", "Authority"),
    ("need", "Need"),
    ("timing", "Timing"),
    ("metrics", "Metrics"),
    ("economic_buyer", "Economic buyer"),
    ("decision_criteria", "Decision criteria"),
    ("decision_process", "Decision process"),
    ("pain", "Pain"),
    ("champion", "Champion"),
]


class CustomerSheetQuestion(models.Model):
    """One thing worth knowing about a customer (the catalogue's unit).

    A question is a draft until the catalogue is published
    (:class:`CustomerSheetCatalogueVersion`); scores, gates and forms read the
    published snapshot only.
    """

    _name = "customer.sheet.question"
    _description = "Customer Sheet Question"
    _inherit = [
        "mail.thread",
        "customer.sheet.cached.mixin",
        "customer.sheet.coded.mixin",
        "customer.sheet.walled.mixin",
    ]
    _order = "sequence, id"

    code = fields.Char(
        required=True,
        copy=False,
        help="Stable technical name. It never changes once the catalogue is published.",
    )
    name = fields.Char("Question", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    section = fields.Selection(SECTIONS, required=True, default="identification")

    # where the answer is held
    partner_field_ids = fields.Many2many(
        "ir.model.fields",
        "customer_sheet_question_partner_field_rel",
        string="Contact fields",
        domain="[('model', '=', 'res.partner'), ('store', '=', True)]",
        help="Any of these fields, filled on the contact, answers the question.",
    )
    lead_field_ids = fields.Many2many(
        "ir.model.fields",
        "customer_sheet_question_lead_field_rel",
        string="Lead fields",
        domain="[('model', '=', 'crm.lead'), ('store', '=', True)]",
        help="Any of these fields, filled on the lead, answers the question.",
    )
    provider = fields.Selection(
        selection="_selection_provider",
        help="Answered by the application itself instead of by a field.",
    )
    status_field = fields.Char(
        help="Technical name of a field whose value “invalid” makes the answer count as missing."
    )

    # when it applies and from when on it counts
    typology = fields.Selection(
        [("any", "B2C and B2B"), ("b2c", "B2C"), ("b2b", "B2B")], required=True, default="any"
    )
    level = fields.Selection(
        [("any", "Companies and persons"), ("company", "Companies"), ("person", "Persons")],
        required=True,
        default="any",
        help="On contacts; a lead holds both until it becomes contacts.",
    )
    sector_ids = fields.Many2many(
        "customer.sheet.option",
        "customer_sheet_question_sector_rel",
        string="Sectors",
        domain="[('kind', '=', 'sector')]",
        help="Leave empty for every sector.",
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )
    lead_required = fields.Selection(
        [("never", "Optional"), ("creation", "From creation on"), ("stage", "From a stage on")],
        string="Counts on leads",
        required=True,
        default="never",
    )
    lead_required_stage_id = fields.Many2one(
        "crm.stage", string="From stage", ondelete="set null", index="btree_not_null"
    )
    contact_required = fields.Selection(
        [
            ("never", "Optional"),
            ("creation", "From creation on"),
            ("customer", "From the first sale on"),
        ],
        string="Counts on contacts",
        required=True,
        default="never",
    )
    weight = fields.Integer(required=True, default=1)
    pillar = fields.Selection(PILLARS, help="BANT or MEDDIC pillar that the answer supports.")

    # how to ask it
    is_public = fields.Boolean("May be asked of visitors")
    wording = fields.Text("Interview wording", translate=True, help="The question as one says it.")
    why = fields.Char("Why we ask", translate=True)
    hint = fields.Char("Help", translate=True)
    example = fields.Char(translate=True, help="Shown as a placeholder.")
    data_category = fields.Selection(
        [
            ("none", "Not personal"),
            ("identity", "Identity"),
            ("contact", "Contact details"),
            ("professional", "Professional life"),
            ("economic", "Economic situation"),
            ("preference", "Preferences"),
        ],
        string="Personal data",
        required=True,
        default="none",
    )
    half_life_months = fields.Integer(
        "Half-life (months)", help="After this time an answer is worth asking again; 0 = never."
    )
    sheet_count = fields.Integer(
        "Concerns", compute="_compute_sheet_count", help="Sheets that this question applies to."
    )

    _code_unique = models.Constraint("UNIQUE (code)", "Another question already has this code.")
    _weight_positive = models.Constraint(
        "CHECK (weight BETWEEN 1 AND 100)", "The weight of a question goes from 1 to 100."
    )
    _half_life_positive = models.Constraint(
        "CHECK (half_life_months >= 0)", "The half-life of a question cannot be negative."
    )

    # -- providers ---------------------------------------------------------

    @api.model
    def _sheet_providers(self):
        """Return ``{code: label}`` of the providers that higher rooms register.

        To register the provider ``x``, extend this dictionary and give the sheet mixin, or the
        one host that it applies to, ``_sheet_provided_x(self)`` (the answered records of
        ``self``) and ``_sheet_provided_x_sql(self, alias)`` (the same as an SQL condition).
        """
        return {"stakeholders": self.env._("Stakeholders of the lead")}

    @api.model
    def _selection_provider(self):
        return list(self._sheet_providers().items())

    # -- life of the catalogue ---------------------------------------------

    def write(self, vals):
        if "code" in vals and any(question.code != vals["code"] for question in self):
            self._unlink_except_published()
        return super().write(vals)

    @api.depends(
        "typology",
        "level",
        "sector_ids",
        "company_id",
        "partner_field_ids",
        "lead_field_ids",
        "provider",
    )
    def _compute_sheet_count(self):
        versions = self.env["customer.sheet.catalogue.version"].sudo()
        counts = versions._count_concerned(self.sudo()._snapshot())
        for question in self:
            question.sheet_count = counts.get(question.code, 0)

    @called()
    def action_open_publish(self):
        """Open the dialog that shows what publishing will change."""
        return self.env["customer.sheet.catalogue.version"].action_open_publish()

    def _losing_fields(self, removed):
        """Return the questions that nothing but the ``removed`` fields holds."""
        questions = self.sudo().search(
            ["|", ("partner_field_ids", "in", removed.ids), ("lead_field_ids", "in", removed.ids)]
        )
        return questions.filtered(
            lambda question: (
                not question.provider
                and not (question.partner_field_ids | question.lead_field_ids) - removed
            )
        )

    def _archive_without_field(self):
        if questions := self.exists():
            questions.write({"active": False})
            for question in questions:
                question.message_post(
                    body=self.env._("Archived: the field that held the answer no longer exists.")
                )

    # -- what the catalogue refuses, when a question is saved ------------------

    @api.constrains("partner_field_ids", "lead_field_ids")
    def _check_fields_hold_answers(self):
        for question in self:
            for field in question.partner_field_ids | question.lead_field_ids:
                if not can_hold_answer(self.env[field.model]._fields[field.name]):
                    raise ValidationError(
                        self.env._(
                            "The field “%(field)s” cannot hold the answer to “%(question)s”: it"
                            " must be a stored field that people edit, the same for every"
                            " company, and not a check box (use a selection with yes and no).",
                            field=field.field_description,
                            question=question.name,
                        )
                    )

    @api.constrains("partner_field_ids", "lead_field_ids", "provider", "active")
    def _check_answer_has_a_place(self):
        for question in self.filtered("active"):
            if not (question.partner_field_ids or question.lead_field_ids or question.provider):
                raise ValidationError(
                    self.env._(
                        "Choose a contact field or a lead field that holds the answer to"
                        " “%(question)s”.",
                        question=question.name,
                    )
                )

    @api.constrains("lead_required", "lead_required_stage_id")
    def _check_stage(self):
        """Ask for a stage, unless somebody has deleted them all."""
        if not self.env["crm.stage"].sudo().search_count([], limit=1):
            return
        for question in self:
            if question.lead_required == "stage" and not question.lead_required_stage_id:
                raise ValidationError(
                    self.env._(
                        "Choose in “From stage” the stage from which “%(question)s” counts.",
                        question=question.name,
                    )
                )

    @api.constrains("status_field")
    def _check_status_field(self):
        for question in self.filtered("status_field"):
            hosts = [self.env[host] for host in question._hosts()]
            if any(not is_status_field(host, question.status_field) for host in hosts):
                raise ValidationError(
                    self.env._(
                        "“%(field)s”, in Status field of “%(question)s”, is not a stored selection"
                        " with the value “invalid”.",
                        field=question.status_field,
                        question=question.name,
                    )
                )

    @api.constrains("code")
    def _check_code(self):
        for question in self:
            code = question.code or ""
            if not (code.isascii() and code.isidentifier()):
                raise ValidationError(
                    self.env._(
                        "The code “%(code)s” may only have letters, digits and underscores.",
                        code=question.code,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        published = self.env["customer.sheet.catalogue.version"]._published_codes()
        for question in self:
            if question.code in published:
                raise UserError(
                    self.env._(
                        "“%(question)s” is part of a published catalogue. Archive it instead.",
                        question=question.name,
                    )
                )

    def _hosts(self):
        """Return the names of the host models on which the question has a field."""
        self.ensure_one()
        fields_by_host = {"res.partner": self.partner_field_ids, "crm.lead": self.lead_field_ids}
        return [host for host, answers in fields_by_host.items() if answers]
