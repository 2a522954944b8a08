from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...collection.room import COLLECTION
from ...consent.room import CONSENT
from ...consent.settings import DPO_EMAIL
from ...sheet.called import called
from ...sheet.config_settings import CONTACTS, contact_filter

#: By step, the control that tells whether it is done.
STEPS = {
    "contacts": "contacts",
    "sectors": "sectors",
    "required": "required",
    "gate": "gate",
    "consents": "notices",
    "form": "form",
    "import": "",
}
#: Answers that may be required to start (C1).
MOST_REQUIRED = 5
#: Where the next person goes on: the name of a step.
PLACE = "crm_customer_sheet.first_run_step"


class CustomerSheetFirstRun(models.TransientModel):
    """The first-run assistant: ten minutes to a good set-up (G4).

    One thing a step, on one's own data; each can be left for later, and the next person goes on
    where the last one stopped.  It changes what the usual screens change, and keeps nothing else.
    """

    _name = "customer.sheet.first.run"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "First Steps"

    step = fields.Selection("_selection_step", required=True, default=lambda self: self._place())
    finding = fields.Char("As it stands:", compute="_compute_finding")
    is_right = fields.Boolean(compute="_compute_finding")
    is_first = fields.Boolean(compute="_compute_finding")
    is_last = fields.Boolean(compute="_compute_finding")
    may_set = fields.Boolean(compute="_compute_may_set", help="The user may change settings.")

    # who has a sheet
    contact_domain = fields.Char(default=lambda self: CONTACTS.value(self.env))
    contact_count = fields.Integer(compute="_compute_contact_count")
    all_contact_count = fields.Integer(compute="_compute_contact_count")

    # sectors, and what is required to start
    sector_ids = fields.Many2many(
        "customer.sheet.option",
        domain=[("kind", "=", "sector")],
        context={"active_test": False},
        default=lambda self: self._used_sectors(),
    )
    question_ids = fields.Many2many(
        "customer.sheet.question",
        domain=[
            ("company_id", "=", False),
            "|",
            ("lead_field_ids", "!=", False),
            ("provider", "!=", False),
        ],
        default=lambda self: self._required_questions(),
    )

    # the gate, tried on one's own leads
    gate_id = fields.Many2one("customer.sheet.gate", default=lambda self: self._first_gate())
    gate_mode = fields.Selection(
        [("off", "Off"), ("warn", "Warn"), ("enforce", "Enforce")],
        compute="_compute_gate_mode",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    may_read_leads = fields.Boolean(compute="_compute_impact")
    open_count = fields.Integer(compute="_compute_impact")
    failing_count = fields.Integer(compute="_compute_impact")

    # consents, forms
    dpo_email = fields.Char(
        "E-mail of the data protection officer", default=lambda self: DPO_EMAIL.value(self.env)
    )
    untold_purpose_ids = fields.Many2many(
        "customer.sheet.consent.purpose", compute="_compute_untold_purpose_ids"
    )
    form_ids = fields.Many2many("customer.sheet.form", compute="_compute_form_ids")

    # -- steps -----------------------------------------------------------------

    @api.model
    def _selection_step(self):
        labels = {
            "contacts": self.env._("Who has a sheet"),
            "sectors": self.env._("Sectors"),
            "required": self.env._("Five answers"),
            "gate": self.env._("Gate"),
            "consents": self.env._("Consents"),
            "form": self.env._("Form"),
            "import": self.env._("Import"),
        }
        return [(step, labels[step]) for step in self._steps()]

    @api.model
    def _steps(self):
        """Return the steps, without those of rooms that are not in use."""
        rooms = {"consents": CONSENT, "form": COLLECTION, "import": COLLECTION}
        return [step for step in STEPS if step not in rooms or rooms[step].in_use(self.env)]

    @api.model
    def _place(self):
        """Return the step at which somebody stopped, the first by default."""
        step = self.env["ir.config_parameter"].sudo().get_param(PLACE)
        return step if step in self._steps() else self._steps()[0]

    @api.depends("step")
    @api.depends_context("lang")
    def _compute_finding(self):
        controls = self.env["customer.sheet.control"]._asked().grouped("code")
        steps = self._steps()
        for dialog in self:
            control = controls.get(STEPS.get(dialog.step))
            dialog.finding = control and control.evidence
            dialog.is_right = bool(control) and control.state == "right"
            dialog.is_first = dialog.step == steps[0]
            dialog.is_last = dialog.step == steps[-1]

    @api.depends_context("uid")
    def _compute_may_set(self):
        self.may_set = self.env.user.has_group("base.group_system")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("First Steps")

    # -- what a step shows -------------------------------------------------------

    @api.depends("contact_domain")
    def _compute_contact_count(self):
        contacts = self.env["res.partner"]
        for dialog in self:
            domain = contact_filter(self.env, dialog.contact_domain or CONTACTS.default)
            dialog.contact_count = contacts.search_count(domain)
            dialog.all_contact_count = contacts.search_count(Domain.TRUE)

    @api.model
    def _used_sectors(self):
        return self.env["customer.sheet.option"].search([("kind", "=", "sector")])

    @api.model
    def _required_questions(self):
        return self.env["customer.sheet.question"].search([("lead_required", "=", "creation")])

    @api.model
    def _first_gate(self):
        return self.env["customer.sheet.gate"].search(Domain.TRUE, limit=1)

    @api.depends("gate_id")
    def _compute_gate_mode(self):
        for dialog in self:
            dialog.gate_mode = dialog.gate_id.mode

    @api.depends("gate_id")
    @api.depends_context("uid")
    def _compute_impact(self):
        """Try the gate on the leads that the user sees; not everybody who sets up sells."""
        self.may_read_leads = self.env["crm.lead"].has_access("read")
        for dialog in self:
            gate = dialog.may_read_leads and dialog.gate_id
            dialog.open_count = gate and gate.open_count
            dialog.failing_count = gate and gate.failing_count

    def _compute_untold_purpose_ids(self):
        lang = self.env.lang or "en_US"
        purposes = self.env["customer.sheet.consent.purpose"].search(Domain.TRUE)
        self.untold_purpose_ids = purposes.filtered(lambda each: not each.notice_id._in_force(lang))

    def _compute_form_ids(self):
        self.form_ids = self.env["customer.sheet.form"].search([("use", "=", "public")])

    @api.constrains("question_ids")
    def _check_question_ids(self):
        for dialog in self:
            if len(dialog.question_ids) > MOST_REQUIRED:
                raise ValidationError(
                    self.env._(
                        "Choose at most %(most)s answers: whoever is asked too much at once types"
                        " anything.",
                        most=MOST_REQUIRED,
                    )
                )

    # -- going on ----------------------------------------------------------------

    @called(one=True)
    def action_next(self):
        """Keep what this step says and go on; close after the last."""
        if keep := getattr(self, f"_keep_{self.step}", None):
            keep()
        return self._go(1)

    @called(one=True)
    def action_skip(self):
        """Leave this step for later."""
        return self._go(1)

    @called(one=True)
    def action_back(self):
        """Return to the step before."""
        return self._go(-1)

    def _go(self, by):
        steps = self._steps()
        # its room may have been switched off meanwhile
        place = steps.index(self.step) + by if self.step in steps else 0
        is_over = place >= len(steps)
        self.step = steps[0 if is_over else max(place, 0)]
        self.env["ir.config_parameter"].sudo().set_param(PLACE, self.step)
        if is_over:
            self.env["customer.sheet.chore"]._wake("nightly")  # figures, at once
            return {**self.env["customer.sheet.setup"].action_open_page(), "target": "main"}
        return self._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("First Steps"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    @called()
    def action_begin(self):
        """Open the assistant where somebody stopped."""
        return self.create({})._open()

    # -- what a step keeps -------------------------------------------------------

    def _keep_contacts(self):
        self._keep_settings(sheet_domain=self.contact_domain)

    def _keep_consents(self):
        self._keep_settings(sheet_consent_dpo_email=self.dpo_email)

    def _keep_settings(self, **values):
        """Save settings as their own screen does, where the user may."""
        if self.may_set:
            self.env["res.config.settings"].create(values).set_values()

    def _keep_sectors(self):
        every = self.env["customer.sheet.option"].with_context(active_test=False)
        for sector in every.search([("kind", "=", "sector")]):
            if sector.active != (sector in self.sector_ids):
                sector.active = not sector.active

    def _keep_required(self):
        """Require these answers and no other to start, and publish that."""
        before, after = self._required_questions(), self.question_ids
        (after - before).lead_required = "creation"
        (before - after).lead_required = "never"
        if before != after:
            self.env["customer.sheet.catalogue.version"]._publish(self.env._("First steps"))

    def _keep_gate(self):
        if self.gate_id and self.gate_mode != self.gate_id.mode:
            self.gate_id.mode = self.gate_mode

    # -- doors to the usual screens ------------------------------------------------

    @called(one=True)
    def action_notices(self):
        """Open the notices."""
        return self._door("customer_sheet_consent_notice_action")

    @called(one=True)
    def action_forms(self):
        """Open the forms."""
        return self._door("customer_sheet_form_action")

    @called(one=True)
    def action_import(self):
        """Open the import."""
        return self._door("customer_sheet_import_action")

    def _door(self, name):
        self.env["ir.config_parameter"].sudo().set_param(PLACE, self.step)
        return self.env["ir.actions.actions"]._for_xml_id(f"crm_customer_sheet.{name}")
