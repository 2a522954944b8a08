from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...sheet.called import called
from .acts import KINDS
from .rule import AFTERWARDS

ACTIONS = [("ask", "Ask once"), *AFTERWARDS, ("keep", "Leave as it is")]
#: What keeps somebody whose time is over, or what is kept of them.
BECAUSE = [
    ("officer", "A privacy officer keeps them"),
    ("request", "A privacy request is open"),
    ("restricted", "They asked for it to be kept, but not used"),
    ("purpose", "They agreed to a purpose"),
    ("asked", "They were asked and may still answer"),
    ("document", "Documents that the law wants kept"),
]
STATES = [("open", "To do"), ("done", "Done"), ("kept", "Kept"), ("failed", "Failed")]


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
    outcome = fields.Char("What was done", readonly=True)

    _open_index = models.Index("(run_id, id) WHERE state = 'open'")
    _asked_index = models.Index(
        "(partner_id, lead_id) WHERE asked_on IS NOT NULL OR keep_until IS NOT NULL"
    )

    @api.depends("because", "purpose_id", "until", "keep_why")
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

    # -- what is overdue -----------------------------------------------------------

    @api.model
    def _overdue_domain(self):
        """Return the domain of the people whose time is over and of whom nothing was done yet, as
        the last preview has seen them."""
        run = self.env["customer.sheet.retention.run"]._last_looked()
        return (
            Domain("run_id", "=", run.id)
            & Domain("state", "=", "open")
            & Domain("action", "!=", "keep")
            & (Domain("keep_until", "=", False) | Domain("keep_until", "<", fields.Date.today()))
        )

    @api.model
    def _overdue_count(self):
        """Return how many people are overdue."""
        return self.sudo().search_count(self._overdue_domain())

    @api.model
    def _looked_count(self):
        """Return at how many people the last preview has looked."""
        return self.env["customer.sheet.retention.run"]._last_looked().looked_at

    # -- on screen -----------------------------------------------------------------

    @called(one=True)
    def action_open_person(self):
        """Open the contact or the lead."""
        record = self.partner_id or self.lead_id
        return record.get_formview_action()
