import hashlib
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.called import called
from ...sheet.fields import STEWARD
from ..settings import DRAFT_DAYS, KEPT_DAYS
from .exceptions import OtherPayload

#: With such a sum of suspicion a submission waits for a steward.
SUSPICIOUS = 3

#: What is erased after the days of the setting; the row stays, with its hashes and dates.
PAYLOAD = ("values", "message", "consents", "ip", "user_agent", "referrer", "page", "problem")

#: Rows at once.
BATCH = 1000


#: Who sees from which network and browser somebody wrote.
TRACE_GROUPS = f"{STEWARD},crm_customer_sheet.group_sheet_privacy"


class CustomerSheetSubmission(models.Model):
    """One bag of answers that came from outside: what was said, where from, what became of it.

    Form and uuid are its identity: who sends it again, because the first answer was lost, is
    answered the same, and nothing is done twice.  ``draft`` may be continued, ``received`` waits
    to land, ``held`` waits for a steward, ``landed`` and ``refused`` are over.
    """

    _name = "customer.sheet.submission"
    _description = "Submission"
    _inherit = "customer.sheet.evidence.mixin"
    _order = "id desc"
    _rec_name = "uuid"

    uuid = fields.Char("Number", required=True, readonly=True)
    form_id = fields.Many2one(
        "customer.sheet.form", required=True, readonly=True, ondelete="restrict", index=True
    )
    version_id = fields.Many2one(
        "customer.sheet.form.version",
        "Version of the form",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True, ondelete="cascade")
    channel = fields.Selection(
        [("form", "Form"), ("api", "Another system"), ("capture", "Capture"), ("text", "Text")],
        "Came by",
        required=True,
        readonly=True,
        default="form",
    )
    state = fields.Selection(
        [
            ("draft", "Not sent yet"),
            ("received", "Received"),
            ("held", "Held"),
            ("landed", "Landed"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )

    # what was said
    values = fields.Json("Answers", readonly=True)
    message = fields.Text(readonly=True)
    consents = fields.Json("Boxes", readonly=True)
    lang = fields.Char("Language", readonly=True)

    # where from (A12)
    ip = fields.Char("IP address", readonly=True, groups=TRACE_GROUPS)
    user_agent = fields.Char("Browser", readonly=True, groups=TRACE_GROUPS)
    referrer = fields.Char("Came from", readonly=True, help="The page before, without its query.")
    page = fields.Char(readonly=True, help="The page on which the form stood.")
    campaign_id = fields.Many2one("utm.campaign", readonly=True, ondelete="set null")
    medium_id = fields.Many2one("utm.medium", readonly=True, ondelete="set null")
    source_id = fields.Many2one("utm.source", readonly=True, ondelete="set null")
    fingerprint = fields.Char("What was sent (SHA-256)", readonly=True)

    # what became of it
    suspicion = fields.Json("Why it is suspicious", readonly=True)
    suspicion_score = fields.Integer("Suspicion", readonly=True, aggregator=None)
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, ondelete="set null", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, ondelete="set null", index="btree_not_null"
    )
    received_at = fields.Datetime("Received on", readonly=True)
    landed_at = fields.Datetime("Landed on", readonly=True)
    expires_at = fields.Datetime("Deleted on", readonly=True)
    erased_at = fields.Datetime("Content erased on", readonly=True)
    problem = fields.Char("Why it could not land", readonly=True)
    tries = fields.Integer(readonly=True, aggregator=None)

    _identity = models.UniqueIndex("(form_id, uuid)")
    _waiting_index = models.Index("(id) WHERE state IN ('received', 'held')")
    _draft_index = models.Index("(expires_at) WHERE state = 'draft'")
    _payload_index = models.Index("(received_at) WHERE erased_at IS NULL")

    # -- sent ------------------------------------------------------------------------

    @api.model
    def _expiry(self):
        """Return until when a draft lives that is kept now."""
        return fields.Datetime.now() + timedelta(days=DRAFT_DAYS.value(self.env))

    def _check_same(self, payload):
        """Refuse other content under a number that has been sent before.

        :raise OtherPayload: with this submission
        """
        if self.fingerprint != _fingerprint(payload):
            raise OtherPayload(self)

    def _send(self, payload, points, reasons):
        """A draft is over: it waits to land, or for a steward if it is suspicious.

        :param payload: what was sent, by which it is known again
        :param points: how suspicious it is, ``reasons`` the codes of why
        """
        self.write(
            {
                "state": "held" if points >= SUSPICIOUS else "received",
                "fingerprint": _fingerprint(payload),
                "suspicion": list(reasons),
                "suspicion_score": points,
                "received_at": fields.Datetime.now(),
                "expires_at": False,
            }
        )
        if self.state == "received":
            self._land_soon()

    # -- in words ------------------------------------------------------------------

    title = fields.Char("What", compute="_compute_words")
    said = fields.Html(compute="_compute_words", sanitize=False)
    reasons = fields.Text("Why it is held", compute="_compute_reasons")

    @api.depends("title")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for submission in self:
            submission.display_name = submission.title

    @api.depends("values", "consents", "message", "form_id")
    @api.depends_context("lang")
    def _compute_words(self):
        for submission in self:
            told = submission._told()
            submission.title = ", ".join(told[:3]) or submission.form_id.name
            submission.said = self.env["ir.qweb"]._render(
                "crm_customer_sheet.submission_said",
                {
                    "lines": submission._lines(),
                    "message": submission.message,
                    "boxes": submission._boxes(),
                },
            )

    def _lines(self, codes=None):
        """Return ``[(question, answer)]`` in words, of these questions only if they are given."""
        questions = self.env["customer.sheet.question"].sudo().with_context(active_test=False)
        values = self.values or {}
        asked = questions.search([("code", "in", list(values if codes is None else codes))])
        return [(each.name, each._plain_text(values[each.code])) for each in asked]

    def _told(self):
        """Return who it is, as they say: what stands for the person in a list."""
        values = self.values or {}
        return [str(values[code]) for code in ("name", "company", "email") if values.get(code)]

    def _boxes(self):
        return [(box["words"], box["given"]) for box in self.consents or ()]

    @api.depends("suspicion", "problem")
    @api.depends_context("lang")
    def _compute_reasons(self):
        words = self._suspicion_words()
        for submission in self:
            reasons = [words.get(code, code) for code in submission.suspicion or ()]
            problem = submission.state == "held" and submission.problem
            submission.reasons = "\n".join(filter(None, [*reasons, problem]))

    @api.model
    def _suspicion_words(self):
        """Return ``{reason: sentence}``; whoever finds another reason extends it."""
        return {}

    # -- what a steward decides ---------------------------------------------------------

    @called()
    def action_land(self):
        """Let these land although they are suspicious: somebody has looked at them."""
        self._check_steward()
        waiting = self.filtered(lambda each: each.state in ("received", "held"))
        waiting._change({"state": "received", "suspicion_score": 0, "tries": 0})
        for submission in waiting.sudo():
            submission._sheet_land()

    @called()
    def action_refuse(self):
        """Refuse these: nothing becomes of them, and their content goes with the others."""
        self._check_steward()
        self.filtered(lambda each: each.state in ("received", "held"))._change({"state": "refused"})

    def _check_steward(self):
        self.check_access("read")
        if not self.env.user.has_group(STEWARD):
            raise UserError(
                self.env._("Only data stewards decide on what was held. Ask one of them.")
            )

    # -- upkeep ------------------------------------------------------------------------

    @api.model
    def _cron_expire(self):
        """Delete the drafts whose link has expired; return what is left."""
        self.search([("state", "=", "draft"), ("expires_at", "<", fields.Datetime.now())]).unlink()

    @api.model
    def _cron_erase(self):
        """Erase the content of old submissions; the rows stay as evidence of what came."""
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS.value(self.env))
        old = [
            ("erased_at", "=", False),
            ("received_at", "<", before),
            ("state", "in", ("landed", "refused")),
        ]
        found = self.search(old, limit=BATCH)
        found._erase()
        return self.search_count(old, limit=1)

    def _erase(self):
        """Erase what these submissions say, and who sent them."""
        self.sudo().write({**dict.fromkeys(PAYLOAD, False), "erased_at": fields.Datetime.now()})


def _fingerprint(payload):
    """Return the hash of what was sent, whatever its order."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
