from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...sheet import clock
from ...sheet.fields import HOSTS
from .acts import KINDS
from .rule import AFTERWARDS

ACTIONS = [("ask", "Ask once"), *AFTERWARDS, ("keep", "Leave as it is")]
#: What is done with somebody whose data go.
ENDS = frozenset(dict(AFTERWARDS))
#: What keeps somebody whose time is over, or what is kept of them.
BECAUSE = [
    ("officer", "A privacy officer keeps them"),
    ("request", "A privacy request is open"),
    ("restricted", "They asked for it to be kept, but not used"),
    ("purpose", "They agreed to a purpose"),
    ("asked", "They were asked and may still answer"),
    ("document", "Documents that the law wants kept"),
]
STATES = [("open", "To do"), ("done", "Done"), ("kept", "Left as it was"), ("failed", "Failed")]
#: What became of somebody.
OUTCOMES = [
    ("erased", "Erased"),
    ("restricted", "Kept until the day, but not used any more"),
    ("asked", "Asked"),
    ("not_asked", "Could not be asked: erased with the next run"),
    ("officer", "Kept by a privacy officer"),
    ("meanwhile", "Something has happened meanwhile"),
    ("other", "Another record of the same person stays"),
    ("gone", "Was gone already"),
    ("refused", "Could not be erased"),
]


class CustomerSheetRetentionLine(models.Model):
    """One person whose time is over: what is to be done, why, and then what was done.

    No name is kept: who it was, is read from the contact or lead as long as that says so.
    """

    _name = "customer.sheet.retention.line"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Retention of a Person"
    _order = "run_id desc, term_on, id"
    _rec_name = "reference"

    _sheet_editable = frozenset({"keep_until", "keep_why"})

    run_id = fields.Many2one(
        "customer.sheet.retention.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    run_state = fields.Selection(related="run_id.state", string="State of the preview")
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, index="btree_not_null", ondelete="set null"
    )
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True, ondelete="set null")
    reference = fields.Char("Sheet", readonly=True)
    person = fields.Char("Who", compute="_compute_person")
    rule_id = fields.Many2one(
        "customer.sheet.retention.rule", readonly=True, index=True, ondelete="restrict"
    )

    # why now
    act_on = fields.Date("Last own act", readonly=True)
    act_kind = fields.Selection(KINDS, "What they did", readonly=True)
    term_on = fields.Date("Time over on", readonly=True)

    # what is to be done
    action = fields.Selection(ACTIONS, "What happens", readonly=True)
    because = fields.Selection(BECAUSE, "Why kept", readonly=True)
    purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose", readonly=True, ondelete="set null"
    )
    until = fields.Date("Kept until", readonly=True)
    kept_words = fields.Char("Kept because", compute="_compute_kept_words")
    keep_until = fields.Date(
        "Keep all the same until", help="They are asked about again after that day."
    )
    keep_why = fields.Char("Why keep them", help="A dispute, say. No names.")

    # what was done
    state = fields.Selection(STATES, default="open", readonly=True, required=True)
    done_on = fields.Datetime(readonly=True)
    asked_on = fields.Date(readonly=True)
    outcome = fields.Selection(OUTCOMES, "What was done", readonly=True)
    reason = fields.Char("Why not", readonly=True)

    _open_index = models.Index("(run_id, id) WHERE state = 'open'")
    _asked_index = models.Index(
        "(partner_id, lead_id) WHERE asked_on IS NOT NULL OR keep_until IS NOT NULL"
    )

    @api.depends("partner_id", "lead_id", "reference")
    def _compute_person(self):
        for line in self:
            lead = line.lead_id
            name = line.partner_id.display_name or lead.contact_name or lead.display_name
            line.person = name or line.reference

    @api.depends("because", "purpose_id", "until")
    @api.depends_context("lang")
    def _compute_kept_words(self):
        labels = dict(self._fields["because"]._description_selection(self.env))
        for line in self:
            what = labels.get(line.because)
            if line.because == "purpose":
                what = self.env._("They agreed to “%(purpose)s”", purpose=line.purpose_id.name)
            if what and line.until:
                day = format_date(self.env, line.until)
                what = self.env._("%(why)s, until %(day)s", why=what, day=day)
            line.kept_words = what

    @api.constrains("keep_until", "keep_why")
    def _check_keep_until(self):
        for line in self:
            if bool(line.keep_until) != bool(line.keep_why and line.keep_why.strip()):
                raise ValidationError(
                    self.env._("Say both until when they are to be kept and why, or neither.")
                )
            if line.keep_until and line.state != "open":
                raise ValidationError(self.env._("This is done: it cannot be kept any more."))

    # -- carrying out --------------------------------------------------------------

    def _carry_out(self):
        """Do with these people, whose run is signed, what their lines say, if it still holds."""
        now = self._now()
        to_erase = self.browse()
        for line in self:
            if problem := line._stays(now):
                line._close("kept" if problem != "gone" else "done", problem)
            elif line.action == "ask":
                line._ask()
            else:
                to_erase |= line
        to_erase.filtered(lambda line: line.action == "restrict")._restrict()
        to_erase.filtered(lambda line: line.action == "erase")._erase()

    def _person(self):
        return (self.partner_id or self.lead_id).sudo().with_context(active_test=False)

    def _now(self):
        """Return, for each line, ``{record of the person: what is to be done now}``.

        ``None`` is a record that stays; what is no person of its own (an address, a lead of the
        contact) is left out.
        """
        people = self.env["customer.sheet.person"]
        theirs = {
            line: {(k.model, k.id): k.why for k in people._expand(person, only_certain=True)}
            for line in self
            if (person := line._person())
        }
        every = [key for keys in theirs.values() for key in keys]
        due = self.env["customer.sheet.retention.run"]._due_now(
            {each for model, each in every if model == "res.partner"},
            {each for model, each in every if model == "crm.lead"},
        )
        return {
            line: {
                key: due.get(key)
                for key, why in keys.items()
                if key in due or (key[0] == "res.partner" and why not in ("address", "merged"))
            }
            for line, keys in theirs.items()
        }

    def _stays(self, now):
        """Return why this person stays as they are, a key of ``OUTCOMES``, or ``""``."""
        person = self._person()
        if not person or person.sheet_erased_on:
            return "gone"
        if self.keep_until and self.keep_until >= clock.common_today(self.env):
            return "officer"
        records = dict(now[self])
        if records.pop((person._name, person.id), None) != self.action:
            return "meanwhile"
        if self.action != "ask" and not all(each in ENDS for each in records.values()):
            return "other"
        return ""

    def _ask(self):
        """Ask the person, once, whether they still want to hear from us."""
        rule = self.rule_id
        try:
            with self.env.cr.savepoint():
                self._person()._sheet_retention_ask(rule.ask_purpose_id, rule.ask_days)
            found = {"outcome": "asked"}
        except UserError as error:
            found = {"outcome": "not_asked", "reason": str(error)}
        self._close("done", asked_on=clock.common_today(self.env), **found)

    def _restrict(self):
        """Close these people off until the day on which they are erased."""
        for line in self:
            try:
                with self.env.cr.savepoint():
                    line._person()._sheet_restrict("claims", line.until, line.rule_id.name)
            except UserError as error:
                line._close("failed", "refused", reason=str(error))
            else:
                line._close("done", "restricted")

    def _erase(self):
        """Erase these people; of whom documents are kept, the rest is closed off."""
        words = self.env._("The time for which their data may be kept is over.")
        for host in HOSTS:
            lines = {person.id: line for line in self if (person := line._person())._name == host}
            if not lines:
                continue
            records = self.env[host].sudo().browse(lines)
            found = self.env["customer.sheet.erasure"].sudo()._erase_term(records, words)
            for record, (outcome, until, reason) in found.items():
                state = "failed" if outcome == "refused" else "done"
                lines[record.id]._close(state, outcome, until=until, reason=reason or False)

    def _close(self, state, outcome, **values):
        now = fields.Datetime.now()
        self.sudo().write({"state": state, "outcome": outcome, "done_on": now, **values})

    # -- what is overdue -----------------------------------------------------------

    @api.model
    def _overdue_domain(self):
        """Return the domain of the people whose time is over and of whom nothing was done yet, as
        the last preview has seen them."""
        run = self.env["customer.sheet.retention.run"]._last_looked()
        today = clock.common_today(self.env)
        return (
            Domain("run_id", "=", run.id)
            & Domain("state", "in", ("open", "failed"))
            & Domain("action", "!=", "keep")
            & Domain("term_on", "<=", today)
            & (Domain("keep_until", "=", False) | Domain("keep_until", "<", today))
        )

    @api.model
    def _overdue_count(self):
        """Return how many people are overdue."""
        return self.sudo().search_count(self._overdue_domain())

    @api.model
    def _looked_count(self):
        """Return at how many people the last preview has looked."""
        return self.env["customer.sheet.retention.run"]._last_looked().looked_at
