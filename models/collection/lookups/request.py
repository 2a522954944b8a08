import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ...sheet.called import called
from ...sheet.fields import HOSTS
from ...sheet.resumable import go_on
from ..registers.answer import NotFound, Unavailable
from .said import said
from .settings import YEARLY
from .words import closed_words

_logger = logging.getLogger(__name__)

#: How long to wait after each time that there was no verdict.
WAITS = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))

#: Seconds that the job waits for its turn: nobody sits before it.
PATIENCE = 10

#: Companies asked about again in one night.
NIGHTLY = 1000

#: Reasons that go away by themselves: after any other, nobody asks again.
PASSING = frozenset("no_verdict slow unreachable failing asked_to_wait busy nonsense".split())

#: Requests that are over are kept for so many days.
KEPT_DAYS = 90

WHAT = [("company", "Company"), ("vat", "VAT number")]


class CustomerSheetRegisterRequest(models.Model):
    """One number of one contact or lead about which a register is asked in the background.

    **How to use.**  :meth:`_queue` with records.  What is said waits as proposals on their sheets.

    **How it works.**  A chore asks one request after the other, each in a transaction of its own,
    at the pace that the registers allow.  Without a verdict it asks again after :data:`WAITS`,
    then gives up: the sheet stays as it was.
    """

    _name = "customer.sheet.register.request"
    _description = "Look-up"
    _order = "id desc"
    _rec_name = "number"

    lead_id = fields.Many2one("crm.lead", readonly=True, ondelete="cascade", index="btree_not_null")
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The one that asks: the proof of a check is made for it.",
    )
    what = fields.Selection(WHAT, "Looked up", required=True, readonly=True)
    number = fields.Char(required=True, readonly=True)
    country = fields.Char("Country code", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("answered", "Answered"),
            ("unknown", "Not known to the register"),
            ("given_up", "No answer"),
            ("outdated", "No longer asked"),
            ("stopped", "Stopped"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    tries = fields.Integer(readonly=True)
    next_try = fields.Datetime("Asked again on", readonly=True)
    reason = fields.Char("Why not yet", readonly=True)
    proposed = fields.Integer("Proposed answers", readonly=True)
    ended_on = fields.Datetime("Ended on", readonly=True)

    _waiting_index = models.Index("(next_try, id) WHERE state = 'waiting'")

    # -- queueing ----------------------------------------------------------------

    @api.model
    def _queue(self, sheets, kinds, soon=True):
        """Have registers asked about these records; as superuser: the caller has checked who may.

        :param kinds: ``company``, ``vat`` or both
        :param soon: at once; else after the first of ``WAITS``
        :return: the requests, without those that were waiting already
        """
        requests, registers = self.sudo(), self.env["customer.sheet.register"].sudo()
        column = sheets._sheet_answer_column()
        waiting = requests.search([(column, "in", sheets.ids), ("state", "=", "waiting")])
        known = {(request[column].id, request.what, request.number) for request in waiting}
        first = fields.Datetime.now() if soon else fields.Datetime.now() + WAITS[0]
        made = requests.create(
            [
                {column: sheet.id, "what": what, "number": number, "country": country}
                | {"company_id": (sheet.company_id or self.env.company).id}
                | {"next_try": first, "tries": 0 if soon else 1}
                for sheet in sheets
                for what, (number, country) in sheet._sheet_register_numbers().items()
                if what in kinds and (sheet.id, what, number) not in known
                if registers._asks_itself(country, what)
            ]
        )
        if made:
            self._wake_at(first)
        return made

    @api.model
    def _wake_at(self, moment):
        self.env["customer.sheet.chore"]._wake("prompt", moment)

    @called()
    def action_stop(self):
        """Ask no more; what was said already stays proposed."""
        for sheets in (self.lead_id, self.partner_id):
            sheets.check_access("write")
        self.sudo().filtered(lambda each: each.state == "waiting")._end("stopped")

    # -- asking --------------------------------------------------------------------

    @api.model
    def _cron_ask(self):
        """Ask what is due, one request a transaction; return what is left of it."""
        return go_on(self.env, self.sudo()._step)

    @api.model
    def _step(self):
        due = Domain("state", "=", "waiting") & Domain("next_try", "<=", fields.Datetime.now())
        request = self.search(due, order="next_try, id", limit=1)
        if request:
            request._try_to_ask()
        return len(request), self.search_count(due)

    def _try_to_ask(self):
        """Ask; what cannot be taken is given up, so that it does not hold up the others."""
        asking = self.with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                asking._ask()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 - one that cannot be taken must not stop others
            _logger.exception("What a register says of %s %s cannot be taken", self._name, self.id)
            asking._end("given_up", reason=str(error).partition("\n")[0][:300])

    def _ask(self):
        """Ask the register of this request and take what it says."""
        sheet = self.lead_id or self.partner_id
        if sheet._sheet_register_numbers().get(self.what) != (self.number, self.country):
            return self._end("outdated")
        register = self.env["customer.sheet.register"]._asks_itself(self.country, self.what)
        answer = self._answer(sheet, register)
        if isinstance(answer, Unavailable):
            return self._later(register, answer)
        before = (sheet.sheet_register_said or {}).get("company") or {}
        if self.what == "company" and isinstance(answer, NotFound):
            return self._end("unknown")
        proposals = sheet._sheet_take(said(self.what, register.name, self.number, answer))
        self._tell_closed(sheet, before)
        is_found = not isinstance(answer, NotFound)
        return self._end("answered" if is_found else "unknown", proposed=len(proposals))

    def _answer(self, sheet, register):
        if not register:
            return Unavailable("off")
        if self.what == "vat":
            own = sheet._sheet_register_requester()
            return register._check_vat(self.number, own, patience=PATIENCE)
        return register._read(self.number, self.country, patience=PATIENCE)

    def _later(self, register, answer):
        """Ask again: as soon as its turn comes, else after the next of the waits."""
        reason, wait = register._words(answer), timedelta(seconds=answer.wait or 0)
        if answer.reason not in PASSING or self.tries >= len(WAITS):
            return self._end("given_up", reason=reason)
        is_unasked = answer.reason == "busy"
        next_try = fields.Datetime.now() + (wait if is_unasked else max(WAITS[self.tries], wait))
        tries = self.tries if is_unasked else self.tries + 1
        self.write({"tries": tries, "next_try": next_try, "reason": reason})
        return self._wake_at(next_try)

    def _end(self, state, **values):
        ended = {"state": state, "ended_on": fields.Datetime.now(), "next_try": False}
        self.write({"reason": False, **ended, **values})

    def _tell_closed(self, sheet, before):
        """Note on the sheet that the company has closed, and tell who looks after it."""
        kept = (sheet.sheet_register_said or {}).get("company") or {}
        if kept.get("closed") and not before.get("closed"):
            owner = sheet.user_id
            env = sheet.with_context(lang=owner.lang or self.env.lang).env
            sheet.message_post(
                body=closed_words(env, kept),
                subtype_xmlid="mail.mt_note",
                partner_ids=owner.partner_id.ids,
            )

    # -- once a year -----------------------------------------------------------------

    @api.model
    def _cron_yearly(self):
        """Where the setting says so, ask again about companies looked up a year ago."""
        self.sudo().search(
            [("ended_on", "<", fields.Datetime.now() - timedelta(days=KEPT_DAYS))]
        ).unlink()
        if YEARLY.value(self.env):
            for host in HOSTS:
                self._queue(self.env[host].sudo()._sheet_looked_up_before(NIGHTLY), ["company"])
