from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from ....tools.deadline import hours_after
from ...sheet.called import called
from ...sheet.fields import flag_domain
from ..desk.case import ACTIVITY

#: What an authority asks for, in the order of the CNIL's service.
TOLD = (
    *("name", "title", "contact", "is_confidentiality", "is_integrity", "is_availability"),
    *("started_on", "ended_on", "discovered_on", "how_discovered", "origin", "processors"),
    *("data_kinds", "record_count", "people_kinds", "people_count", "consequences", "risk"),
    *("risk_why", "measures", "planned", "people_told_on", "people_words", "people_why_not"),
)
#: Hours after the discovery at which somebody is reminded.
REMINDERS = (24, 48, 66)
#: What only the application writes; nothing else of a breach is believed of whoever notes it.
OURS = ("state", "hours", "in_time", "closed_on", "notice_ids")


class CustomerSheetBreach(models.Model):
    """Something went wrong with personal data: what, since when, and who was told.

    **How it works.**  The clock runs in hours from the discovery (Art. 33).  What is known is
    completed as it comes to light, and each change is noted; what the authority was told is a
    snapshot (``notice_ids``) that changes no more.  Whether it is notified or not, a breach stays
    in this list: it is the register of Art. 33(5).
    """

    _name = "customer.sheet.breach"
    _description = "Data Breach"
    _inherit = ["customer.sheet.case.mixin"]
    _order = "discovered_on desc, id desc"
    _rec_names_search = ["name", "title"]

    _sheet_editable = frozenset(
        "title user_id is_confidentiality is_integrity is_availability started_on ended_on"
        " discovered_on how_discovered origin data_kinds people_kinds people_count record_count"
        " processors consequences measures planned contact risk risk_why people_told_on"
        " people_words people_why_not".split()
    )

    title = fields.Char("What happened", required=True)
    regime_id = fields.Many2one(
        "customer.sheet.regime",
        "Law",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env["customer.sheet.regime"]._for(self.env.company.country_id),
    )

    # what happened
    is_confidentiality = fields.Boolean("Confidentiality", help="Somebody saw or took data.")
    is_integrity = fields.Boolean("Integrity", help="Data were changed.")
    is_availability = fields.Boolean("Availability", help="Data were lost, or out of reach.")
    started_on = fields.Datetime("Began on")
    ended_on = fields.Datetime("Ended on")
    discovered_on = fields.Datetime(
        "Discovered on",
        required=True,
        default=fields.Datetime.now,
        help="When somebody of the company was reasonably sure of it: the hours run from then on.",
    )
    how_discovered = fields.Char("How, and by whom")
    origin = fields.Text(help="How it could happen: inside or outside, on purpose or not.")
    data_kinds = fields.Text("Kinds of data")
    people_kinds = fields.Char("Kinds of people", help="Customers, prospects, employees...")
    people_count = fields.Integer("People (about)", aggregator=None)
    record_count = fields.Integer("Records (about)", aggregator=None)
    processors = fields.Char("Processors involved")

    # what follows
    consequences = fields.Text("Likely consequences for people")
    measures = fields.Text("Measures taken")
    planned = fields.Text("Measures planned")
    contact = fields.Char("Who answers questions", help="Name and how to reach them.")
    risk = fields.Selection(
        [("none", "No risk to people"), ("risk", "A risk"), ("high", "A high risk")],
        "Risk to people",
        tracking=True,
    )
    risk_why = fields.Text("Why this risk", help="The authority may ask for it.")

    # who was told
    hours = fields.Integer("Hours that the law gives", readonly=True, copy=False, aggregator=None)
    due_at = fields.Datetime("Notify until", compute="_compute_due_at", store=True, index=True)
    notice_ids = fields.One2many(
        "customer.sheet.breach.notice", "breach_id", "Notices to the authority"
    )
    in_time = fields.Boolean("Notified in time", readonly=True, copy=False)
    people_told_on = fields.Date("People told on")
    people_words = fields.Text("What they were told")
    people_why_not = fields.Text("Why people were not told", help="GDPR, Art. 34(3).")
    state = fields.Selection(
        [("open", "Being handled"), ("notified", "Authority told"), ("closed", "Handled")],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
    )

    @api.depends("name", "title")
    def _compute_display_name(self):
        for breach in self:
            breach.display_name = " ".join(filter(None, (breach.name, breach.title)))

    @api.depends("discovered_on", "hours")
    def _compute_due_at(self):
        for breach in self:
            breach.due_at = (
                hours_after(breach.discovered_on, breach.hours)
                if breach.hours and breach.discovered_on
                else False
            )

    @api.depends("due_at", "state", "risk")
    @api.depends_context("lang")
    def _compute_left(self):
        now = fields.Datetime.now()
        for breach in self:
            waits = bool(breach.state == "open" and breach.due_at and breach.risk != "none")
            left = (breach.due_at - now) if waits else timedelta()
            breach.is_late = left < timedelta()
            count = int(abs(left) / timedelta(hours=1))
            if not waits:
                breach.left = False
            elif breach.is_late:
                breach.left = self.env._("%(count)s h late", count=count)
            else:
                breach.left = self.env._("%(count)s h left", count=count)

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = (
            Domain("state", "=", "open")
            & Domain("risk", "!=", "none")
            & Domain("due_at", "<", fields.Datetime.now())
        )
        return flag_domain(late, value)

    @api.constrains("discovered_on", "started_on", "ended_on")
    def _check_moments(self):
        now = fields.Datetime.now()
        for breach in self:
            began, found, ended = breach.started_on, breach.discovered_on, breach.ended_on
            if not found or found > now:
                raise ValidationError(self.env._("“Discovered on” cannot be in the future."))
            if began and (began > found or (ended and ended < began)):
                raise ValidationError(
                    self.env._("A breach begins before it is discovered and before it ends.")
                )

    # -- its life ----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Number what is noted, and let its hours run."""
        draw = self.env["ir.sequence"].sudo().next_by_code
        fixed = {**dict.fromkeys(OURS, False), "state": "open"}
        breaches = super().create(
            [{**vals, **fixed, "name": draw("customer.sheet.breach")} for vals in vals_list]
        )
        for breach in breaches:
            breach.sudo().hours = breach.regime_id.breach_hours
        breaches._plan()
        return breaches

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "discovered_on", "risk"} & set(vals):
            self._plan()
        return result

    def _plan(self):
        """Remind whoever is in charge while the hours run, until the authority is told."""
        for breach in self.sudo():
            breach.activity_unlink([ACTIVITY])
            if breach.state != "open" or breach.risk == "none" or not breach.user_id:
                continue
            moments = [hours_after(breach.discovered_on, hours) for hours in REMINDERS]
            days = {fields.Datetime.context_timestamp(breach, each).date() for each in moments}
            for day in sorted(days) if breach.hours else ():
                breach.activity_schedule(
                    ACTIVITY,
                    day,
                    summary=self.env._("Judge the risk, then tell the authority or say why not"),
                    user_id=breach.user_id.id,
                )

    # -- what an officer does ------------------------------------------------------

    @called(one=True)
    def action_close(self):
        """Close the breach, once it is said who was told, or why not."""
        self.check_access("write")
        self._check_judged()
        if self.risk != "none" and self.hours and not self.notice_ids:
            raise UserError(
                self.env._("There is a risk to people: note the notice to the authority first.")
            )
        if self.risk == "high" and not (self.people_told_on or self.people_why_not):
            raise UserError(
                self.env._("The risk is high: say when people were told, or why they were not.")
            )
        self._change({"state": "closed", "closed_on": fields.Date.context_today(self)})
        self._plan()

    @called(one=True)
    def action_reopen(self):
        """Open a closed breach again: more has come to light."""
        self.check_access("write")
        state = "notified" if self.notice_ids else "open"
        self._change({"state": state, "closed_on": False})
        self._plan()

    def _check_judged(self):
        """Refuse to go on without a judgement of the risk."""
        if not self.risk or not (self.risk_why or "").strip():
            raise UserError(
                self.env._("Say first what the risk to people is, and why you think so.")
            )

    # -- what the authority is told ------------------------------------------------

    def _content(self):
        """Return what is known now, in the order in which an authority asks for it, as HTML."""
        rows = [
            (self._fields[name]._description_string(self.env), self._shown(name)) for name in TOLD
        ]
        return self.env["ir.qweb"]._render(
            "crm_customer_sheet.customer_sheet_breach_content", {"rows": rows}
        )

    def _shown(self, name):
        field = self._fields[name]
        value = self[name]
        if field.type == "datetime":
            return format_datetime(self.env, value) if value else ""
        if field.type == "date":
            return format_date(self.env, value) if value else ""
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        return str(field.convert_to_export(value, self) or "")

    def _notify(self, sent_on, number, late_why):
        """Note that the authority was told what is known now; return the notice."""
        notices = self.env["customer.sheet.breach.notice"].sudo()
        notice = notices.create(
            {
                "breach_id": self.id,
                "kind": "complementary" if self.notice_ids else "initial",
                "sent_on": sent_on,
                "number": number,
                "late_why": late_why,
                "content": self._content(),
                "user_id": self.env.uid,
            }
        )
        if notice.kind == "initial":
            in_time = not self.due_at or sent_on <= self.due_at
            self._change({"in_time": in_time})
        if self.state == "open":
            self._change({"state": "notified"})
        self._plan()
        return notice
