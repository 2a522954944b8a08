from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date

from ...sheet.resumable import go_on
from .meaning import stands

#: Where an answer may come from, and whose data that makes it (zero, first, second, third party).
ORIGINS = {
    "form": "zero",
    "api": "zero",
    "capture": "first",
    "text": "first",
    "mail": "first",
    "import": "second",
    "register": "third",
}

#: Rows at once.
BATCH = 200

#: No more of the times that the same was said are kept.
MOST_HEARD = 10


class CustomerSheetProposal(models.Model):
    """What somebody outside said about a customer, until a person accepts it or keeps their own.

    Nothing is written to the sheet before.  The value is a plain one (text, number, ISO date,
    code, list of codes), as questions expect it from outside.
    """

    _name = "customer.sheet.proposal"
    _description = "Proposed Answer"
    _order = "said_on desc, id"
    _rec_name = "question_id"

    lead_id = fields.Many2one("crm.lead", readonly=True, ondelete="cascade", index="btree_not_null")
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    question_id = fields.Many2one(
        "customer.sheet.question", required=True, readonly=True, ondelete="cascade", index=True
    )
    value = fields.Json("Plain value", readonly=True)
    shown = fields.Char("Proposed", compute="_compute_shown")
    source = fields.Selection(
        [
            ("form", "Form"),
            ("api", "Another system"),
            ("capture", "Card or badge"),
            ("text", "Pasted text"),
            ("mail", "E-mail"),
            ("import", "Import"),
            ("register", "Public register"),
        ],
        "Comes from",
        required=True,
        readonly=True,
    )
    said_on = fields.Datetime("Said on", required=True, readonly=True, default=fields.Datetime.now)
    said_by = fields.Char("Said by", readonly=True)
    words = fields.Text("In these words", readonly=True, help="The words it was read from.")
    submission_id = fields.Many2one(
        "customer.sheet.submission", readonly=True, ondelete="set null", index="btree_not_null"
    )
    evidence = fields.Char(readonly=True, help="A page, a number: where it can be looked up.")
    heard = fields.Json(
        "Heard again", readonly=True, help="Where else the same came from, and when."
    )
    state = fields.Selection(
        [
            ("open", "Still open"),
            ("accepted", "Accepted"),
            ("kept", "Own value kept"),
            ("outdated", "No longer asked"),
        ],
        required=True,
        readonly=True,
        default="open",
    )
    former = fields.Json(
        readonly=True, help="The values of the fields before and after, to take it back."
    )
    answer_id = fields.Many2one(
        "customer.sheet.answer",
        "Origin noted",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, ondelete="set null", index="btree_not_null"
    )
    decided_at = fields.Datetime("Decided on", readonly=True)

    _lead_open_index = models.Index("(lead_id) WHERE state = 'open'")
    _partner_open_index = models.Index("(partner_id) WHERE state = 'open'")

    @api.depends("value", "question_id")
    @api.depends_context("lang")
    def _compute_shown(self):
        for proposal in self:
            proposal.shown = proposal.question_id._plain_text(proposal.value)

    @api.constrains("lead_id", "partner_id")
    def _check_one_sheet(self):
        for proposal in self:
            if bool(proposal.partner_id) == bool(proposal.lead_id):
                raise ValidationError(
                    self.env._("A proposal is about one contact or one lead: fill one of both.")
                )

    # -- what somebody typed meanwhile ---------------------------------------------

    @api.model
    def _cron_outdate(self):
        """Let go what its contact or lead says by now in any case; return what is left."""
        last = 0

        def step():
            nonlocal last
            found = self._of_touched(last)
            found.filtered(lambda each: each._stands())._decide("outdated")
            last = found[-1:].id
            return len(found), len(found) == BATCH

        return go_on(self.env, step)

    @api.model
    def _of_touched(self, last):
        """Return the next open proposals whose contact or lead was saved since they were made."""
        self.env["crm.lead"].flush_model(["write_date"])
        self.env["res.partner"].flush_model(["write_date"])
        self.flush_model(["state", "write_date"])
        found = self.env.execute_query(
            SQL(
                """
                SELECT p.id FROM customer_sheet_proposal p
             LEFT JOIN crm_lead l ON l.id = p.lead_id
             LEFT JOIN res_partner c ON c.id = p.partner_id
                 WHERE p.state = 'open' AND p.id > %s
                       AND p.write_date <= COALESCE(l.write_date, c.write_date)
              ORDER BY p.id LIMIT %s
                """,
                last,
                BATCH,
            )
        )
        return self.browse([id_ for (id_,) in found])

    def _stands(self):
        """Return whether the contact or lead says so already."""
        sheet = self.lead_id or self.partner_id
        written = sheet._sheet_plainly(self.question_id, self.value)
        return bool(written) and stands(sheet, self.question_id.code, written)

    def _hear(self, said):
        """Note that the same was said again: the latest stands first."""
        known = {name: self[name] for name in said} | {"submission_id": self.submission_id.id}
        if (
            known == said
            or said["submission_id"]
            and said["submission_id"] == self.submission_id.id
        ):
            return  # a submission that lands a second time
        latest, other = sorted((said, known), key=lambda each: each["said_on"], reverse=True)
        other = {name: other[name] for name in ("source", "said_by", "evidence")} | {
            "said_on": fields.Datetime.to_string(other["said_on"])
        }
        self.write({**latest, "heard": [other, *(self.heard or ())][:MOST_HEARD]})

    def _is_said_by_only(self, source, said_by):
        """Tell whether nobody else has said it."""
        said = [{"source": self.source, "said_by": self.said_by}, *(self.heard or ())]
        return all((each["source"], each["said_by"]) == (source, said_by) for each in said)

    def _said_words(self):
        """Return where it comes from, as a form shows it: the latest first."""
        self.ensure_one()
        labels = dict(self._fields["source"]._description_selection(self.env))
        times = [{name: self[name] for name in ("source", "said_on", "said_by", "evidence")}]
        return [
            {
                "source": labels[each["source"]],
                "day": self._day_text(each["said_on"]),
                "by": each["said_by"] or "",
                "evidence": each["evidence"] or "",
            }
            for each in [*times, *(self.heard or ())]
        ]

    @api.model
    def _day_text(self, moment):
        moment = fields.Datetime.to_datetime(moment)
        return format_date(self.env, fields.Datetime.context_timestamp(self, moment))

    def _evidence_text(self):
        """Return what is kept with an accepted answer: who said it, how, and where it is found."""
        words = self.words and self.env._("“%(words)s”", words=self.words)
        return "\n".join(filter(None, (self.said_by, words, self.evidence))) or False

    def _decide(self, state, **values):
        """Note the decision of the person, or that there is none any more."""
        is_open = state == "open"
        decided = {
            "decided_by_id": not is_open and self.env.uid,
            "decided_at": not is_open and fields.Datetime.now(),
        }
        self.sudo().write({"state": state, **decided, **values})
