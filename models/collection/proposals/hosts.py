import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import SHEET_USER
from ...sheet.known import known_of, rows
from .meaning import means, stands
from .proposal import ORIGINS
from .words import row, said_here

#: What a form reads of an open proposal.
SHOWN = (
    "question_id",
    "value",
    "source",
    "said_on",
    "said_by",
    "words",
    "evidence",
    "heard",
)


class CustomerSheetMixin(models.AbstractModel):
    """What others said about a customer: each answer is accepted, or one's own is kept."""

    _inherit = "customer.sheet.mixin"

    # -- proposing: from whatever comes in from outside ------------------------

    def _sheet_propose(
        self, values, source, said_on=None, said_by="", words=None, evidence="", submission=None
    ):
        """Propose answers about one record; nothing of the record is changed.

        As superuser: the caller has checked who may.  Only what differs from what stands is
        proposed.  The same value from elsewhere is noted on the proposal that is open, and one
        that a person has refused is not made again.

        :param dict values: plain values by question code
        :param source: one of :data:`proposal.ORIGINS`
        :param said_on: the moment, now unless given
        :param words: ``{question code: the words it was read from}``
        :param evidence: where it can be looked up: a page, a number
        :param submission: what was sent in, where it came that way
        :return: the open proposals with these values; none for what is answered so already
        """
        self.ensure_one()
        said = {
            "source": source,
            "said_on": said_on or fields.Datetime.now(),
            "said_by": said_by or False,
            "evidence": evidence or False,
            "submission_id": submission.id if submission else False,
        }
        # a form that was published goes on asking what is archived since
        questions = self.env["customer.sheet.question"].sudo().with_context(active_test=False)
        proposals = self.env["customer.sheet.proposal"].sudo()
        for question in questions.search([("code", "in", list(values))]):
            sheet = self.sudo()._sheet_proposal_sheet(question)
            quoted = {"words": (words or {}).get(question.code) or False}
            proposals |= sheet._sheet_propose_answer(
                question, values[question.code], {**said, **quoted}
            )
        return proposals

    def _sheet_proposal_sheet(self, question):
        """Return the record whose answer it is: of a person, their company's where it is that."""
        return self

    def _sheet_propose_answer(self, question, value, said):
        proposals = self.env["customer.sheet.proposal"]
        written = self._sheet_plainly(question, value)
        if not written or stands(self, question.code, written):
            return proposals
        column = self._sheet_answer_column()
        asked = [(column, "=", self.id), ("question_id", "=", question.id)]
        known = proposals.search([*asked, ("state", "in", ("open", "kept"))])
        same = known.filtered(
            lambda each: means(self, self._sheet_plainly(question, each.value), written)
        )
        if "kept" in same.mapped("state"):
            return proposals
        if same:
            same[0]._hear(said)
            return same[0]
        who = (said["source"], said["said_by"])
        known.filtered(
            lambda each: each.state == "open" and (each.source, each.said_by) == who
        )._decide("outdated")
        return proposals.create(
            {column: self.id, "question_id": question.id, "value": value, **said}
        )

    def _sheet_plainly(self, question, value):
        """Return ``{field: value}`` of a plain answer, nothing where it cannot be held here."""
        return {} if value is None else question._plain_write({question.code: value}, self._name)

    # -- called by the web client ------------------------------------------

    @called(one=True, proposal_ids=takes.numbers)
    def sheet_proposals_accept(self, proposal_ids):
        """Write these proposed answers, note where they come from and log the former values.

        :return: ``{id: ids of the proposals}``, what :meth:`sheet_proposals_undo` takes
        :raise UserError: somebody has decided one of them meanwhile
        """
        return self._sheet_accept(self._sheet_proposals_to_decide(proposal_ids, "open"))

    @called(one=True)
    def sheet_proposals_accept_empty(self):
        """Accept the latest proposal to each question that has no answer yet.

        :return: ``{id: ids of the proposals}``, what :meth:`sheet_proposals_undo` takes
        """
        self._sheet_check_access("write")
        latest = {}
        for proposal in self._sheet_open_proposals():  # the latest first
            question = proposal.question_id
            written = self._sheet_plainly(question, proposal.value)
            if written and not said_here(self, question, written):
                latest.setdefault(question, proposal)
        return self._sheet_accept(
            self.env["customer.sheet.proposal"].sudo().union(*latest.values())
        )

    @called(one=True, proposal_ids=takes.numbers)
    def sheet_proposals_keep(self, proposal_ids):
        """Keep what the sheet says: these answers are not proposed again.

        :raise UserError: somebody has decided one of them meanwhile
        """
        self._sheet_proposals_to_decide(proposal_ids, "open")._decide("kept")

    @called(one=True, proposal_ids=takes.numbers)
    def sheet_proposals_undo(self, proposal_ids):
        """Take decisions back: the former values stand again, and the proposals are open.

        :raise UserError: a value has been changed since
        """
        proposals = self._sheet_proposals_to_decide(proposal_ids, "accepted", "kept")
        accepted = proposals.filtered(lambda each: each.state == "accepted")
        before, dates = {}, {}
        for proposal in accepted:
            self._sheet_check_untouched(proposal)
            before.update(proposal.former["before"])
            dates[proposal.question_id.code] = proposal.former["day"]
        if before:
            self._sheet_replace(before, self.env._("As before:"))
            self._sheet_date_answers(dates)
        accepted.answer_id.unlink()
        proposals._decide("open", former=False)

    @api.readonly
    @called(one=True)
    def action_sheet_proposals(self):
        """Open all that was proposed about this record, with what became of it."""
        self._sheet_check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_proposal_action"
        )
        return {**action, "domain": [(self._sheet_answer_column(), "=", self.id)]}

    # -- deciding ------------------------------------------------------------

    def _sheet_proposals_to_decide(self, proposal_ids, *states):
        """Return the proposals of the record with these ids, which the user may decide now."""
        self._sheet_check_access("write")
        proposals = self.env["customer.sheet.proposal"].sudo()
        own = (self._sheet_answer_column(), "=", self.id)
        found = proposals.search([own, ("id", "in", list(proposal_ids)), ("state", "in", states)])
        if len(found) < len(set(proposal_ids)):
            raise UserError(
                self.env._("Somebody has decided this meanwhile. Reload the page to see how.")
            )
        return found

    def _sheet_accept(self, proposals):
        """Write the answers, as the user; note origin, date and evidence of each."""
        written = {each: self._sheet_acceptable(each) for each in proposals}
        values = {name: value for each in written.values() for name, value in each.items()}
        if not values:
            return {}
        before, days = self._sheet_as_json(values), self.sudo().sheet_answer_dates or {}
        self._sheet_replace(values, self.env._("Accepted:"))
        after = self._sheet_as_json(values)
        for proposal, names in written.items():
            former = {
                "before": {name: before[name] for name in names},
                "after": {name: after[name] for name in names},
                "day": days.get(proposal.question_id.code),
            }
            answer = self._sheet_note_origin(proposal)
            proposal.with_env(self.env)._decide("accepted", former=former, answer_id=answer.id)
        self._sheet_date_answers(
            {each.question_id.code: each.said_on.date().isoformat() for each in proposals}
        )
        return {self.id: proposals.ids}

    def _sheet_acceptable(self, proposal):
        if written := self._sheet_plainly(proposal.question_id, proposal.value):
            return written
        raise UserError(
            self.env._(
                "This answer to “%(question)s” cannot be chosen any more. Keep your own, or type"
                " it in.",
                question=proposal.question_id.name,
            )
        )

    def _sheet_note_origin(self, proposal):
        """Note whose data the answer is; rows of former answers stay, for an undo."""
        answers = self.env["customer.sheet.answer"].sudo()
        return answers.create(
            {
                self._sheet_answer_column(): self.id,
                "question_id": proposal.question_id.id,
                "state": "collected",
                "origin": ORIGINS[proposal.source],
                "date": proposal.said_on,
                "author_id": self.env.uid,
                "evidence": proposal._evidence_text(),
            }
        )

    def _sheet_check_untouched(self, proposal):
        after = proposal.former["after"]
        now = self._sheet_as_json(after)
        for name in after:
            if now[name] != after[name]:
                raise UserError(
                    self.env._(
                        "“%(field)s” has been changed since, so this cannot be undone. Correct it"
                        " by hand.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _sheet_as_json(self, names):
        """Return the values of these fields as JSON holds them and ``write`` takes them."""
        values = {name: self._fields[name].convert_to_write(self[name], self) for name in names}
        return json.loads(json.dumps(values, default=str))

    def _sheet_date_answers(self, days):
        """Note on which day answers that grow old were given: ``{code: day as ISO or None}``."""
        aging = {question.code for question in self._sheet_aging()}
        if changed := {code: day for code, day in days.items() if code in aging}:
            dates = {**(self.sudo().sheet_answer_dates or {}), **changed}
            dates = {code: day for code, day in dates.items() if day}
            self._sheet_stamp({"sheet_answer_dates": dates or False})

    # -- what a form shows ---------------------------------------------------

    def _sheet_glance_sql(self):
        proposals = self.env["customer.sheet.proposal"]
        mine = SQL.identifier(self._sheet_answer_column())
        where = SQL("%s = %s AND state = 'open'", mine, self._origin.id or 0)
        return [*super()._sheet_glance_sql(), rows(proposals, SHOWN, where)]

    def _sheet_open_proposals(self):
        """Return what nobody has decided yet, as superuser, the latest first."""
        if known := known_of(self):
            proposals = known.records("customer.sheet.proposal")
            return proposals.sorted("id").sorted("said_on", reverse=True)
        own = (self._sheet_answer_column(), "=", self._origin.id)
        proposals = self.env["customer.sheet.proposal"].sudo()
        return proposals.search([own, ("state", "=", "open")])

    def _sheet_proposal_rows(self):
        """Show what others said before what could be written better: one row an answer."""
        sheet, groups = self.sudo(), {}
        for proposal in self._sheet_open_proposals():
            question = proposal.question_id
            written = sheet._sheet_plainly(question, proposal.value)
            if written and not stands(sheet, question.code, written):
                key = (question.id, json.dumps(proposal.value))
                groups.setdefault(key, (written, []))[1].append(proposal)
        dates = sheet._sheet_answered_on() if groups else {}
        rows_ = [row(sheet, proposals, *known, dates) for *known, proposals in groups.values()]
        return [*rows_, *super()._sheet_proposal_rows()]

    def _sheet_answered_on(self):
        """Return ``{code: day}`` of the answers of which it is known."""
        days = {
            code: fields.Date.to_date(day) for code, day in (self.sheet_answer_dates or {}).items()
        }
        for answer in self._sheet_answers().sorted("id"):
            if answer.state == "collected":
                code, day = answer.question_id.code, answer.date.date()
                days[code] = max(day, days.get(code, day))
        return days


class ResPartner(models.Model):
    """A contact about whom others said something."""

    _inherit = "res.partner"

    sheet_proposal_ids = fields.One2many(
        "customer.sheet.proposal",
        "partner_id",
        "Open proposals",
        domain=[("state", "=", "open")],
        readonly=True,
        copy=False,
        groups=SHEET_USER,
    )

    def _sheet_proposal_sheet(self, question):
        company = self.commercial_partner_id
        is_theirs = question.level == "company" and not self.is_company and company.is_company
        return company if is_theirs else self


class CrmLead(models.Model):
    """A lead about which others said something."""

    _inherit = "crm.lead"

    sheet_proposal_ids = fields.One2many(
        "customer.sheet.proposal",
        "lead_id",
        "Open proposals",
        domain=[("state", "=", "open")],
        readonly=True,
        copy=False,
        groups=SHEET_USER,
    )

    @api.model
    def _sheet_merged_models(self):
        return [*super()._sheet_merged_models(), "customer.sheet.proposal"]
