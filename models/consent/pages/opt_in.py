from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...sheet import takes
from ...sheet.called import called
from ...sheet.toast import toast
from ..door.door import Door
from ..law.fold import REFUSALS
from ..law.rule import CHANNELS

#: What somebody gets who is asked.
OPT_IN_MAIL = "mail_template_consent_opt_in"


class CustomerSheetMixin(models.AbstractModel):
    """Consent asked for by e-mail and confirmed by the person (double opt-in)."""

    _inherit = "customer.sheet.mixin"

    @called(
        one=True,
        context={
            "sheet_consent_purpose": takes.text,
            "sheet_consent_channel": takes.one_of(*dict(CHANNELS)),
        },
    )
    def action_sheet_consent_request(self):
        """Ask this person by e-mail for consent; only their own click gives it.

        The context may name ``sheet_consent_purpose`` and ``sheet_consent_channel``; otherwise
        prospecting by e-mail is asked for.  The channel may be another one than e-mail: an
        e-mail can ask whether we may call.

        :raise UserError: where nobody can or may be asked, with the reason
        """
        self._sheet_check_access("write")
        context = self.env.context
        code = context.get("sheet_consent_purpose") or "prospecting"
        channel = context.get("sheet_consent_channel") or "email"
        purpose = self.env["customer.sheet.consent.purpose"]._by_code(code).sudo()
        self._sheet_opt_in_check(purpose, channel)
        request = self._sheet_consent_record(
            [{"purpose": code, "channel": channel, "state": "requested"}],
            method="double_opt_in",
            label=self._sheet_opt_in_label(purpose, channel),
        )
        self._sheet_opt_in_send(request)
        self._message_log(body=self._sheet_opt_in_note(purpose, channel))
        return self._sheet_opt_in_sent()

    def _sheet_opt_in_note(self, purpose, channel):
        label = self._sheet_agree_label(purpose, channel)
        return self.env._("Asked by e-mail for consent: “%(label)s”", label=label)

    def _sheet_opt_in_sent(self):
        message = self.env._(
            "%(name)s was asked by e-mail. Nothing changes before the person confirms.",
            name=self.display_name,
        )
        return toast(message)

    # -- who may be asked ------------------------------------------------------

    def _sheet_opt_in_check(self, purpose, channel, renews=False):
        """Refuse to ask who cannot answer, has answered, or wants to be left alone.

        :param renews: who has agreed is asked whether that still holds
        """
        problem = (
            self._sheet_opt_in_no_address(purpose, channel)
            or self._sheet_opt_in_no_notice(purpose, channel)
            or self._sheet_opt_in_blacklisted(purpose, channel)
            or self._sheet_opt_in_answered(purpose, channel, renews)
        )
        if problem:
            raise UserError(problem)

    def _sheet_opt_in_no_address(self, purpose, channel):
        sheet = self.sudo()
        if not sheet._sheet_contact_point("email"):
            return self.env._(
                "%(name)s cannot be asked: there is no valid e-mail address. Fill in “%(field)s”"
                " first.",
                name=self.display_name,
                field=sheet._fields[sheet._primary_email]._description_string(self.env),
            )
        if not sheet._sheet_contact_point(channel):
            return self.env._(
                "%(name)s cannot be asked: nothing on the sheet says how to reach the person by"
                " that channel. Complete the sheet first.",
                name=self.display_name,
            )
        return False

    def _sheet_opt_in_no_notice(self, purpose, channel):
        """Nobody can agree to what they were not told (GDPR, Art. 7 and 13)."""
        requirement = self.sudo()._sheet_consent_rule(purpose, channel).requirement
        if requirement not in ("consent", "objection"):
            return self.env._(
                "There is nothing to ask for “%(purpose)s”: the law allows or forbids this"
                " contact whatever the person says.",
                purpose=purpose.name,
            )
        if not self.sudo()._sheet_consent_notice(purpose, {}):
            return self.env._(
                "No notice is in force for “%(purpose)s”, and nobody can agree without having"
                " been told. Ask the privacy officer to publish one first.",
                purpose=purpose.name,
            )
        return False

    def _sheet_opt_in_blacklisted(self, purpose, channel):
        if self.sudo().is_blacklisted:
            return self.env._(
                "%(name)s is on the do-not-contact list. Only the person can leave it.",
                name=self.display_name,
            )
        return False

    def _sheet_opt_in_answered(self, purpose, channel, renews=False):
        """Say whether the person has decided, or was asked, too recently to be asked (again)."""
        sheet = self.sudo()
        decision = sheet._sheet_decision(Door(sheet, purpose, [channel]), purpose, channel)
        if decision.counts and not renews:
            return self.env._(
                "%(name)s has already agreed, on %(date)s.",
                name=self.display_name,
                date=format_date(self.env, decision.at),
            )
        refused = decision.state in REFUSALS and self._sheet_opt_in_refused(decision)
        return refused or self._sheet_opt_in_pending(decision)

    def _sheet_opt_in_refused(self, decision):
        date = format_date(self.env, decision.at)
        if decision.state == "objected":
            return self.env._(
                "%(name)s objected on %(date)s and may not be asked again. Only the person can"
                " change that.",
                name=self.display_name,
                date=date,
            )
        until = decision.at + timedelta(days=decision.rule.cooling_off_days)
        if until > fields.Datetime.now():
            return self.env._(
                "%(name)s said no on %(date)s and may not be asked again before %(until)s.",
                name=self.display_name,
                date=date,
                until=format_date(self.env, until),
            )
        return False

    def _sheet_opt_in_pending(self, decision):
        life = self.env["customer.sheet.consent.link"]._days("opt_in")
        if decision.asked and decision.asked + life > fields.Datetime.now():
            return self.env._(
                "%(name)s was asked on %(date)s and can still answer that mail.",
                name=self.display_name,
                date=format_date(self.env, decision.asked),
            )
        return False

    # -- asking ----------------------------------------------------------------

    def _sheet_opt_in_label(self, purpose, channel):
        """Return the words that the person agrees to, in their language."""
        sheet = self.with_context(lang=self._sheet_consent_lang())
        return sheet._sheet_agree_label(purpose, channel)

    def _sheet_opt_in_send(self, request, reminder=False, template=OPT_IN_MAIL, expires_at=None):
        """Mail the person a link that answers ``request``; no advertising goes with it.

        :param template: name of a template of ``res.company``
        :param expires_at: when the link dies, if not as the settings say
        """
        request, lang = request.sudo(), self._sheet_consent_lang()
        expires_at = expires_at or request._opt_in_expires_at()
        url = self._sheet_consent_url(
            "opt_in",
            "consent",
            request.channel,
            request.purpose_code,
            request.hash,
            expires_at=expires_at,
        )
        self._sheet_consent_mail(
            template,
            sheet_url=url,
            sheet_label=self._sheet_opt_in_label(request.purpose_id, request.channel),
            sheet_until=format_date(self.env, expires_at, lang_code=lang),
            sheet_reminder=reminder,
        )

    # -- answering ---------------------------------------------------------------

    def _sheet_opt_in_answer(self, request, state, **evidence):
        """Append the answer of the person to ``request``; a request has one answer.

        :param state: ``given`` or ``refused``
        """
        return self._sheet_consent_record(
            [{"purpose": request.purpose_code, "channel": request.channel, "state": state}],
            method="double_opt_in",
            actor_kind="subject",
            strength="4",
            related_hash=request.hash,
            idempotency_key=f"opt_in:{request.hash}",
            **evidence,
        )
