from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...models.consent.law.rule import CHANNELS
from ...models.sheet.called import called

#: The most that a decision is worth of which nothing but a user's word remains.
WORD_OF_A_USER = 2


class CustomerSheetConsentRecord(models.TransientModel):
    """Notes what one or more people decided, and how a user came to know it.

    Nothing is chosen beforehand but what was clicked to get here (CJEU, Planet49, C-673/17:
    an answer that was there already is none).
    """

    _name = "customer.sheet.consent.record"
    _inherit = "customer.sheet.consent.entry.mixin"
    _description = "Record a Decision"

    purpose_ids = fields.Many2many(
        "customer.sheet.consent.purpose",
        "customer_sheet_consent_record_purpose_rel",
        string="What for",
    )
    on_email = fields.Boolean("E-mail")
    on_phone = fields.Boolean("Phone")
    on_sms = fields.Boolean("SMS")
    on_post = fields.Boolean("Post")
    decision = fields.Selection(
        [
            ("given", "Given"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("objected", "Objection"),
        ],
        "What they said",
    )
    words = fields.Text("Exact words", help="What was asked and answered, or shown.")
    call_reference = fields.Char(
        "Call reference", help="Where the recording or the entry of the call is found."
    )
    note = fields.Text()
    notice = fields.Html(compute="_compute_notice", sanitize=False)
    without_notice = fields.Char("Missing notice", compute="_compute_notice")

    @api.depends("purpose_ids", "host", "sheet_refs", "effective_at")
    @api.depends_context("lang")
    def _compute_notice(self):
        """Show what the person must have been told before deciding."""
        for dialog in self:
            versions, missing = dialog._notices()
            dialog.without_notice = bool(missing) and self.env._(
                "No notice is published for %(purposes)s. A consent without a notice is weak: ask"
                " the privacy officer to publish one.",
                purposes=", ".join(missing.mapped("name")),
            )
            dialog.notice = bool(versions) and self.env["ir.qweb"]._render(
                "crm_customer_sheet.consent_notices", {"versions": versions.sudo()}
            )

    def _notices(self):
        """Return the versions in force for the chosen purposes, and the purposes without one."""
        versions = self.env["customer.sheet.consent.notice.version"]
        missing = self.purpose_ids.browse()
        sheet_sudo = self._sheets()[:1].sudo()
        for purpose_sudo in self.purpose_ids._origin.sudo():
            version = sheet_sudo._sheet_consent_notice(
                purpose_sudo, {"effective_at": self.effective_at}
            )
            versions |= version
            missing |= purpose_sudo if not version else missing.browse()
        return versions, missing

    # -- saving ----------------------------------------------------------------

    @called(one=True)
    def action_save(self):
        """Append the decisions to the ledger."""
        sheets = self._checked_sheets()
        self._check_complete()
        sheets._sheet_consent_record(
            self._decisions(),
            method=self.method,
            actor_kind="user",
            effective_at=self.effective_at,
            label=self.words or False,
            box="none",
            payload={"note": self.note, "call_reference": self.call_reference},
            evidence=self._uploaded(),
            idempotency_key=self._key(),
            strength=self._strength(),
        )
        return {"type": "ir.actions.act_window_close"}

    def _decisions(self):
        return [
            {"purpose": purpose.code, "channel": channel, "state": self.decision}
            for purpose in self.purpose_ids
            for channel in self._channels()
        ]

    def _channels(self):
        return [code for code, _label in CHANNELS if self[f"on_{code}"]]

    def _strength(self):
        """Return what the evidence is worth: more than a word only with a document.

        :return: ``None`` to leave it to the way in which the decision was obtained
        """
        return None if self.document else WORD_OF_A_USER

    def _check_complete(self):
        """Refuse what could not be proved later (GDPR, Art. 7(1))."""
        self._require("purpose_ids", "decision", "method", "effective_at")
        if not self._channels():
            raise ValidationError(
                self.env._("Say which channels the decision is about: e-mail, phone, SMS or post.")
            )
        if self.is_bulk or self.method == "paper":
            self._require_document()
        if self.decision == "given" and not (self.words or self.call_reference or self.document):
            raise ValidationError(
                self.env._(
                    "A consent has to be proved. Fill in “%(words)s” or “%(call)s”, or add the"
                    " document.",
                    words=self._label("words"),
                    call=self._label("call_reference"),
                )
            )

    def _require_document(self):
        if self.document:
            return
        if self.is_bulk:
            raise ValidationError(
                self.env._(
                    "Add the document that shows what these people decided: for several people"
                    " at once it is required."
                )
            )
        raise ValidationError(
            self.env._(
                "Add a scan or photo of the paper as “%(field)s”.", field=self._label("document")
            )
        )
