from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...sheet.called import called
from ...sheet.fields import flag_domain
from ..desk.case import ACTIVITY
from .words import DECISIONS, OPEN, RIGHTS, STATES, explained

#: Days before the end on which somebody is asked to answer, and days to wait for an identity.
BEFORE, PATIENCE = timedelta(days=7), timedelta(days=14)
#: Steps that move the deadline.
MOVING = ("asked", "proved", "extended")
#: What whoever notes a request says of it; everything else is worked out.
INTAKE = frozenset(
    "kind partner_id lead_id person_name email channel received_on words regime_id company_id"
    " user_id lang".split()
)


class CustomerSheetRequest(models.Model):
    """What somebody asks about their own data, and until when it has to be answered.

    **How it works.**  The law of the request gives the time when it is noted; what happens then
    is appended to ``clock_ids`` (:meth:`_happened`), and the deadline is counted again from all of
    it.  Nobody writes the deadline, and nobody deletes a request.
    """

    _name = "customer.sheet.request"
    _description = "Privacy Request"
    _inherit = ["customer.sheet.case.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _sheet_editable = frozenset({"user_id"})

    kind = fields.Selection(RIGHTS, "What they ask for", required=True)
    partner_id = fields.Many2one(
        "res.partner", "Contact", index="btree_not_null", ondelete="set null", check_company=True
    )
    lead_id = fields.Many2one(
        "crm.lead", index="btree_not_null", ondelete="set null", check_company=True
    )
    person_name = fields.Char(
        "Who asks",
        compute="_compute_person",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        compute_sudo=False,
    )
    email = fields.Char(
        "Their e-mail",
        compute="_compute_person",
        store=True,
        readonly=False,
        precompute=True,
        compute_sudo=False,
        help="Letters go there.",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Their language",
        compute="_compute_person",
        store=True,
        readonly=False,
        precompute=True,
        compute_sudo=False,
    )
    channel = fields.Selection(
        [
            ("email", "By e-mail"),
            ("post", "By post"),
            ("phone", "On the phone"),
            ("meeting", "Face to face"),
            ("form", "On our page"),
            ("portal", "From their account"),
            ("other", "Otherwise"),
        ],
        "How it came",
        required=True,
        default="email",
    )
    received_on = fields.Date(
        "Received on",
        required=True,
        default=fields.Date.context_today,
        help="When it came to the company, whoever it was written to; not when somebody noticed.",
    )
    words = fields.Text("Their words")
    regime_id = fields.Many2one(
        "customer.sheet.regime",
        "Law",
        compute="_compute_regime_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        compute_sudo=False,
        ondelete="restrict",
        index=True,
    )
    user_id = fields.Many2one(string="Answered by")

    # what is worked out
    state = fields.Selection(
        STATES, default="received", required=True, readonly=True, tracking=True, copy=False
    )
    clock_ids = fields.One2many("customer.sheet.request.clock", "request_id", "What happened")
    period = fields.Json("Time that the law gives", readonly=True, copy=False)
    steps = fields.Json("What was counted", readonly=True, copy=False)
    due_on = fields.Date("Answer until", readonly=True, copy=False, index=True)
    why = fields.Html("Why this date?", compute="_compute_why")
    in_time = fields.Boolean("Answered in time", readonly=True, copy=False)

    @api.depends("partner_id", "lead_id")
    def _compute_person(self):
        for request in self:
            contact, lead = request.partner_id, request.lead_id
            if (contact or lead) and not request.period:  # what they said at first stays
                name = contact.name or lead.contact_name or lead.partner_name or lead.name
                request.person_name = name
                request.email = contact.email or lead.email_from
            request.lang = request.lang or contact.lang or lead.lang_id.code or self.env.lang

    @api.depends("partner_id", "lead_id", "company_id")
    def _compute_regime_id(self):
        for request in self:
            if request.period:
                continue  # it has its law, which a correction changes
            person = request.partner_id or request.lead_id
            countries = (person.country_id, request.company_id.country_id)
            request.regime_id = self.env["customer.sheet.regime"]._for(*countries)

    @api.depends("steps", "period")
    @api.depends_context("lang")
    def _compute_why(self):
        for request in self:
            unit = (request.period or {}).get("unit")
            lines = explained(self.env, request.steps or [], unit)
            request.why = self.env["ir.qweb"]._render(
                "crm_customer_sheet.customer_sheet_request_why",
                {"lines": lines, "law": request.regime_id.sudo()},
            )

    @api.depends("due_on", "state")
    @api.depends_context("lang")
    def _compute_left(self):
        for request in self:
            is_open = request.state in OPEN
            days = (request.due_on - request._today()).days if request.due_on else 0
            request.is_late = is_open and days < 0
            if not is_open or not request.name:
                request.left = False
            elif not request.due_on:
                request.left = self.env._("Waits for their identity")
            elif days == -1:
                request.left = self.env._("One day late")
            elif days < 0:
                request.left = self.env._("%(count)s days late", count=-days)
            elif not days:
                request.left = self.env._("Today")
            elif days == 1:
                request.left = self.env._("One day")
            else:
                request.left = self.env._("%(count)s days", count=days)

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "in", OPEN) & Domain("due_on", "<", self._today())
        return flag_domain(late, value)

    @api.model
    def _today(self):
        return fields.Date.context_today(self)

    @api.constrains("received_on")
    def _check_received_on(self):
        for request in self:
            if not request.received_on or request.received_on > request._today():
                raise ValidationError(self.env._("“Received on” cannot be in the future."))

    # -- its life ----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Number what is noted; of the rest nothing is believed."""
        fixed = {
            name: False
            for name in ("period", "steps", "due_on", "closed_on", "in_time", "letter", "clock_ids")
        }
        draw = self.env["ir.sequence"].sudo().next_by_code
        requests = super().create(
            [
                {
                    **{name: value for name, value in vals.items() if name in INTAKE},
                    **fixed,
                    "state": "received",
                    "name": draw("customer.sheet.request"),
                }
                for vals in vals_list
            ]
        )
        for request in requests:
            request.sudo().period = request.regime_id._period()
            request._happened("received", request.received_on)
        return requests

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self._plan()
        return result

    def _for_us(self):
        """Return the request in the language of whoever answers it: its file is in that one,
        whoever causes what is noted."""
        return self.with_context(lang=self.user_id.lang or self.company_id.partner_id.lang)

    def _happened(self, code, day, words=False, **values):
        """Note a step, count the deadline again and plan what comes next.

        :param values: of the request, that change with it
        """
        for request in self:
            request_sudo = request.sudo()
            request_sudo.clock_ids.create(
                {
                    "request_id": request.id,
                    "code": code,
                    "day": day,
                    "words": words,
                    "user_id": self.env.uid,
                }
            )
            request_sudo.write({**values, **request_sudo._counted(values)})
        self._plan()

    def _counted(self, values):
        """Return the deadline and how it came about, as values."""
        with_them = {"regime_id": self.regime_id.id, "period": self.period, **values}
        received = values.get("received_on", self.received_on)
        regime = self.regime_id.browse(with_them["regime_id"])
        found, holidays = regime._deadline(
            received, with_them["period"], self._events(), self.company_id
        )
        steps = [
            {
                **step._asdict(),
                "day": fields.Date.to_string(step.day),
                "due": fields.Date.to_string(step.due) if step.due else False,
                "name": holidays.get(step.day, ""),
            }
            for step in found.steps
        ]
        return {"due_on": found.due, "steps": steps}

    def _events(self):
        """Return what moves the deadline, as :func:`deadline` takes it."""
        return [(each.code, each.day) for each in self.clock_ids if each.code in MOVING]

    def _foreseen(self, step):
        """Return until when an answer would be owed if a step happened today."""
        request, today = self.sudo(), self._today()
        if step != "extended":
            return request.due_on
        events = [*request._events(), (step, today)]
        law, company = request.regime_id, request.company_id
        return law._deadline(request.received_on, request.period, events, company)[0].due

    def _plan(self):
        """Let the officer have one activity for what comes next, and none where nothing does."""
        for request in self.sudo():
            request.activity_unlink([ACTIVITY])
            if request.state not in OPEN or not request.user_id:
                continue
            today = request._today()
            if request.due_on:
                day = max(request.due_on - BEFORE, min(today, request.due_on))
                summary = self.env._("Answer the request")
            elif request.email:
                continue  # they are reminded, and the request closed, without anybody
            else:
                day = today + PATIENCE
                summary = self.env._("No proof of identity: remind them once, then close")
            request.activity_schedule(ACTIVITY, day, summary=summary, user_id=request.user_id.id)

    # -- what an officer does ------------------------------------------------------

    @called(one=True)
    def action_start(self):
        """Take the request into work: it is clear who asks."""
        self._check_open()
        if self.state != "received":
            raise UserError(self.env._("This request is in work already."))
        self.sudo().state = "working"

    @called(one=True)
    def action_record_decision(self):
        """Open the dialog that notes the objection or the withdrawal in the consent ledger."""
        person = self.partner_id or self.lead_id
        if self.kind not in DECISIONS or not person:
            raise UserError(
                self.env._("Say first whose contact or lead it is, in “Correct” of this request.")
            )
        suffix = "partner" if self.partner_id else "lead"
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"crm_customer_sheet.customer_sheet_consent_record_action_{suffix}"
        )
        context = {"active_model": person._name, "active_ids": person.ids, "active_id": person.id}
        return {**action, "context": context}

    def _check_open(self):
        self.check_access("write")
        if self.state not in OPEN:
            raise UserError(self.env._("This request is closed: nothing of it changes any more."))
