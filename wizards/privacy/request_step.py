import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...models.privacy.answers.words import WITH_FILE
from ...models.privacy.identity.words import PROOFS
from ...models.privacy.letters.request import TOLD
from ...models.privacy.requests.words import RIGHTS
from ...models.sheet.called import called


class CustomerSheetRequestStep(models.TransientModel):
    """Notes what happened to a request, and writes the letter that tells the person."""

    _name = "customer.sheet.request.step"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Step of a Privacy Request (Dialog)"

    request_id = fields.Many2one(
        "customer.sheet.request",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    step = fields.Selection(
        [
            ("asked", "Ask who it is"),
            ("proved", "Their identity is proved"),
            ("extended", "Take more time"),
            ("answered", "Give the answer"),
            ("refused", "Refuse"),
            ("closed", "Close: not identified"),
            ("corrected", "Correct"),
            ("void", "It is no request"),
            ("told", "Tell who has got their data"),
        ],
        "What happens",
        required=True,
        default="answered",
    )
    day = fields.Date("On", required=True, default=fields.Date.context_today)
    words = fields.Text("What you say")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language of the letter",
        compute="_compute_lang",
        store=True,
        readonly=False,
        compute_sudo=False,
    )
    letter = fields.Html(compute="_compute_letter", compute_sudo=False)
    is_told = fields.Boolean(compute="_compute_letter", compute_sudo=False)
    email = fields.Char(compute="_compute_letter", compute_sudo=False)
    send = fields.Boolean(
        "Send it by e-mail",
        compute="_compute_lang",
        store=True,
        readonly=False,
        compute_sudo=False,
    )
    with_link = fields.Boolean(
        "Give them a link to the file",
        compute="_compute_lang",
        store=True,
        readonly=False,
        compute_sudo=False,
        help="The file of all that is given is made now; the link ends by itself.",
    )
    document = fields.Binary("File that goes with it", attachment=False)
    document_name = fields.Char("File name")

    # who it is
    identity = fields.Selection(PROOFS, "Proved by", default="mailbox")
    is_doubted = fields.Boolean(
        "Ask for a copy of an identity document",
        help="Only where there is a real doubt. What comes is deleted once it is checked.",
    )

    # who has got the data
    recipients = fields.Html(compute="_compute_recipients", compute_sudo=False)
    recipient_ids = fields.Many2many(
        "res.partner",
        string="Is written to",
        compute="_compute_recipient_ids",
        store=True,
        readonly=False,
        compute_sudo=False,
    )

    # a correction
    kind = fields.Selection(
        RIGHTS,
        "What they ask for",
        compute="_compute_lang",
        store=True,
        readonly=False,
        compute_sudo=False,
    )
    received_on = fields.Date(
        "Received on", compute="_compute_lang", store=True, readonly=False, compute_sudo=False
    )
    regime_id = fields.Many2one(
        "customer.sheet.regime",
        "Law",
        compute="_compute_lang",
        store=True,
        readonly=False,
        compute_sudo=False,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        compute="_compute_lang",
        store=True,
        readonly=False,
        compute_sudo=False,
    )
    lead_id = fields.Many2one(
        "crm.lead", compute="_compute_lang", store=True, readonly=False, compute_sudo=False
    )

    @api.depends("request_id", "step")
    def _compute_lang(self):
        for dialog in self:
            request = dialog._request()
            dialog.lang = (dialog.step != "told" and request.lang) or self.env.lang
            dialog.send = bool(request.email)
            dialog.received_on = request.received_on
            dialog.regime_id = request.regime_id
            dialog.partner_id = request.partner_id
            dialog.lead_id = request.lead_id
            dialog.kind = request.kind
            dialog.with_link = bool(request.email) and request.kind in WITH_FILE

    @api.depends("request_id", "step", "words", "lang", "is_doubted", "with_link")
    def _compute_letter(self):
        for dialog in self:
            request = dialog._request()
            dialog.is_told = dialog.step in TOLD
            dialog.email = request.email
            if dialog.step == "told" and request:
                dialog.letter = request._recipients_letter(dialog.lang)
                continue
            dialog.letter = (
                request._letter(
                    dialog.step,
                    dialog.words,
                    dialog.lang,
                    is_doubted=dialog.is_doubted,
                    with_link=dialog._is_linked(),
                )
                if dialog.is_told and request
                else False
            )

    @api.depends("request_id", "step")
    def _compute_recipients(self):
        for dialog in self:
            dialog.recipients = self.env["ir.qweb"]._render(
                "crm_customer_sheet.customer_sheet_request_recipients",
                {"recipients": dialog._found()},
            )

    @api.depends("request_id", "step")
    def _compute_recipient_ids(self):
        for dialog in self:
            ids = [each.partner.id for each in dialog._found() if each.partner.email]
            dialog.recipient_ids = dialog.recipient_ids.browse(dict.fromkeys(ids))

    def _found(self):
        """Return who has got the data, where they are to be told."""
        request = self._request() if self.step == "told" else None
        return request._recipients() if request else []

    def _request(self):
        """Return the request, if the user may see it."""
        return self.request_id._origin._filtered_access("read")

    def _check_may_read(self, names):
        """Nor tell, by its name, of whom another company knows; leads an officer need not open."""
        result = super()._check_may_read(names)
        for dialog in self if not self.env.su else ():
            for chosen in (dialog.sudo().partner_id, dialog.sudo().lead_id):
                if chosen.company_id - self.env.user.company_ids:
                    chosen.sudo(False).check_access("read")
        return result

    @called(one=True)
    def action_apply(self):
        """Note the step, and send its letter."""
        request = self.request_id
        request._check_passed_on() if self.step == "told" else request._check_open()
        self._check_complete()
        if self.step == "void":
            request.sudo()._void(self.words)
            return {"type": "ir.actions.act_window_close"}
        if self.step == "asked":
            request.sudo().is_doubted = self.is_doubted
        if self.is_told:
            send = self.send and bool(request.email)
            if with_link := self._is_linked():
                request._publish_package()
            request._tell(
                self.step,
                self.words,
                self.lang,
                send=send,
                files=self._files(),
                with_link=with_link,
            )
        words = self.words
        if self.step == "told":
            request._tell_recipients(self.recipient_ids, self.lang)
            names = ", ".join(self.recipient_ids.mapped("display_name"))
            words = "\n".join(filter(None, (names, words)))
        request._happened(self.step, self.day, words, **self._values())
        return {"type": "ir.actions.act_window_close"}

    def _is_linked(self):
        """Tell whether the letter leads to the file of the person."""
        return self.step == "answered" and self.with_link and self._request().kind in WITH_FILE

    def _files(self):
        if not self.document:
            return []
        return [(self.document_name or self.env._("Answer"), base64.b64decode(self.document))]

    def _values(self):
        """Return what changes of the request with the step."""
        request = self.request_id
        done = {
            "closed_on": self.day,
            "in_time": not request.due_on or self.day <= request.due_on,
        }
        match self.step:
            case "asked":
                return {"state": "asked"}
            case "proved":
                return {"state": "working", "identity": self.identity}
            case "answered" | "refused":
                return {"state": self.step, **done}
            case "closed":
                return {"state": "closed", "closed_on": self.day}
            case "corrected":
                return {
                    **({"identity": False} if self._is_somebody_else() else {}),
                    "received_on": self.received_on,
                    "regime_id": self.regime_id.id,
                    "partner_id": self.partner_id.id,
                    "lead_id": self.lead_id.id,
                    "kind": self.kind or request.kind,
                    **(
                        {"period": self.regime_id._period()}
                        if self.regime_id != request.regime_id
                        else {}
                    ),
                }
        return {}

    def _is_somebody_else(self):
        """Return whether it is corrected whose request it is: what proved the former proves
        nothing now."""
        former = self.request_id.partner_id or self.request_id.lead_id
        is_other = former and former != (self.partner_id or self.lead_id)
        return is_other and self.request_id.identity in ("mailbox", "account")

    # -- what is refused ---------------------------------------------------------------

    def _check_complete(self):
        request = self.request_id
        if self.day > request._today():
            raise ValidationError(self.env._("“On” cannot be in the future."))
        if self.day < (last := self._last_day()):
            raise ValidationError(
                self.env._(
                    "“On” cannot be before %(day)s, when the last thing happened.",
                    day=fields.Date.to_string(last),
                )
            )
        is_free = (
            self.step == "proved"
            or (self.step == "asked" and not self.is_doubted)
            or (self.step == "answered" and (request.decision_ids or request._corrected()))
            or (self.step == "told" and self.recipient_ids)
        )
        if not (self.words or "").strip() and not is_free:
            raise UserError(self._say_why())
        if self.step == "proved" and request.state != "asked":
            raise UserError(
                self.env._("Nobody was asked who they are: press “Start work” instead.")
            )
        if self.step == "proved" and not self.identity:
            raise UserError(self.env._("Say by what their identity is proved."))
        if self.step == "proved" and self.identity == "mailbox" and not request._is_known_address():
            raise UserError(
                self.env._(
                    "We do not know this mailbox as theirs: it proves nothing. Say by what else"
                    " their identity is proved."
                )
            )
        if self.step == "proved" and self.identity == "mailbox" and request._sharers():
            raise UserError(self._say_shared())
        if self.step == "answered":
            self._check_addressee()
        if self.step == "void" and request.state != "received":
            raise UserError(
                self.env._("Somebody works on this request: it can only be answered or refused.")
            )
        if self.step == "closed" and request.state != "asked":
            raise UserError(
                self.env._("Ask who it is first; close the request if they do not answer.")
            )
        if self.step == "extended":
            self._check_extension()
        if self.step == "corrected" and not (self.received_on and self.regime_id):
            raise UserError(self.env._("Say when the request came, and under which law."))

    def _check_addressee(self):
        """Refuse to answer somebody of whom nobody knows who it is."""
        request = self.request_id
        if request.state == "asked":
            raise UserError(
                self.env._(
                    "You asked who it is: note first that their identity is proved, or close the"
                    " request."
                )
            )
        is_mailed = self.send and request.kind in WITH_FILE and (self._is_linked() or self.document)
        if is_mailed and not request.identity and not request._is_known_address():
            raise UserError(
                self.env._(
                    "We do not know this e-mail address as theirs, and nothing proves who it is:"
                    " their data may not go there. Ask who it is first."
                )
            )
        if is_mailed and request.identity in (False, "mailbox") and request._sharers():
            raise UserError(self._say_shared())

    def _say_shared(self):
        return self.env._(
            "Others use this mailbox, too (%(names)s): it does not prove which of them asks. Ask"
            " for something that only they can know, then note by what their identity is proved.",
            names=self.request_id.sharers,
        )

    def _last_day(self):
        """Return the day before which a step cannot have happened."""
        days = [each.day for each in self.request_id.clock_ids if each.code != "corrected"]
        return min(days) if self.step == "corrected" else max(days)

    def _say_why(self):
        words = {
            "refused": self.env._(
                "Say why you refuse: the person is told, and may complain. Without reasons nothing"
                " can be refused."
            ),
            "extended": self.env._("Say why you need more time: the person is told."),
            "answered": self.env._("Say what you did, or what you answer."),
            "closed": self.env._("Say how you tried to find out who it is."),
            "corrected": self.env._("Say why it was wrong."),
            "asked": self.env._(
                "Say why you doubt: without a real doubt nobody has to send an identity document."
            ),
            "void": self.env._("Say what it is instead."),
            "told": self.env._("Say whom you told, and how, or why nobody has to be told."),
        }
        return words[self.step]

    def _check_extension(self):
        request = self.request_id
        if not request.period.get("extension"):
            raise UserError(self.env._("The law of this request gives no more time."))
        if "extended" in request.clock_ids.mapped("code"):
            raise UserError(self.env._("More time was taken already: the law gives it once."))
        if request.due_on and self.day > request.due_on:
            raise UserError(
                self.env._(
                    "The time is over: the person had to be told before. Answer as soon as you can."
                )
            )
