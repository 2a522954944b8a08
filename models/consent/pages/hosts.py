from datetime import datetime
from typing import NamedTuple

from odoo import api, models
from odoo.tools import format_date

from ..door.door import Door
from ..law.fold import GRANTS, REFUSALS
from ..law.rule import CHANNELS

DECIDED = GRANTS | REFUSALS


class Standing(NamedTuple):
    """What stands for a person, purpose and channel.

    ``state`` (False: nothing) since ``at``; an objection may be that of another sheet with the
    same address.  ``asked``: when the person was asked without having answered since;
    ``counts``: whether a consent is good enough for the ``rule`` of law.
    """

    state: str | bool
    at: datetime | bool
    asked: datetime | bool
    counts: bool
    rule: models.Model


def _state(answer, is_ticked):
    if answer == "no":
        return "objected"
    return "given" if is_ticked else "withdrawn"


class CustomerSheetMixin(models.AbstractModel):
    """The links by which people look after their own choices, without a login."""

    _inherit = "customer.sheet.mixin"

    def _sheet_preference_url(self):
        """Return the absolute address of this person's preference page, or False.

        Whoever reads the mails of the person's address holds the link; it expires after
        ``crm_customer_sheet.consent_link_days`` and dies when the address changes.
        """
        return self._sheet_consent_url("preferences", "preferences")

    def _sheet_unsubscribe_url(self, purpose, channel="email"):
        """Return the absolute address that stops messages for a purpose, or False.

        For ``List-Unsubscribe`` (RFC 8058: a POST acts at once) and for the foot of a mail (a
        GET asks first).  Works for an objection even after the contact or lead is gone.

        :param purpose: the code of a purpose
        """
        return self._sheet_consent_url("unsubscribe", "unsubscribe", channel, purpose)

    def _sheet_consent_url(self, kind, path, *values, **more):
        self.ensure_one()
        if not self.sudo()._sheet_contact_point("email"):
            return False
        token = self.env["customer.sheet.consent.link"]._sign(kind, self, *values, **more)
        return f"{self.get_base_url()}/customer_sheet/{path}/{token}"

    def _sheet_consent_mail(self, template, **facts):
        """Queue a mail with a link for nobody but this person.

        :param template: XML id of a template of ``res.company``
        :param facts: what the template reads from its context
        """
        self.ensure_one()
        address = self.sudo()._sheet_contact_point("email")
        self.env["customer.sheet.consent.link"]._mail(
            template, self.company_id, address, self._sheet_consent_lang(), **facts
        )

    # -- what a person sees and decides on the public preference page ----------

    def _sheet_preferences(self):
        """Return what this person may decide, in the language of the environment.

        :return: list of ``{"code", "name", "description", "notice" (a version or empty),
            "choices": [{"channel", "box", "answer", "ticked", "decided", "label", "sentence",
            "words"}]}``, one for each marketing purpose; ``answer`` is what ticking the box means:
            "yes", "no", or False where there is no box
        """
        self.ensure_one()
        purposes = self.env["customer.sheet.consent.purpose"].sudo()
        purposes = purposes.browse(purposes._active_ids()).filtered("is_marketing")
        channels = [channel for channel, _name in CHANNELS]
        door = Door(self.sudo(), purposes, channels)
        found = [self.sudo()._sheet_preference(purpose, door) for purpose in purposes]
        return [preference for preference in found if preference["choices"]]

    def _sheet_preference(self, purpose, door):
        notice = self._sheet_notice_read(purpose)
        choices = [
            self._sheet_choice(purpose, channel, door, notice)
            for channel in door.channels
            if self._sheet_contact_point(channel)
        ]
        return {
            "code": purpose.code,
            "name": purpose.name,
            "description": purpose.description,
            "notice": notice,
            "choices": [choice for choice in choices if choice],
        }

    def _sheet_choice(self, purpose, channel, door, notice):
        """Return one line of the page, or None where there is nothing to say.

        A consent is a ticked box.  Where the law lets us contact until the person objects, the
        box asks for the objection instead, so that nothing is ticked that nobody ticked.
        Nobody can agree to what they were not told (GDPR, Art. 7): without a notice in force
        there is no box to agree.
        """
        decision = self._sheet_decision(door, purpose, channel)
        requirement = decision.rule.requirement
        ticked, refused = decision.state in GRANTS, decision.state in REFUSALS
        open_now = requirement == "objection" and not ticked and not refused
        may_agree = notice and requirement in ("consent", "objection")
        if not (ticked or open_now or may_agree or refused):
            return None
        answer = "no" if open_now else "yes" if ticked or may_agree else False
        return {
            "channel": channel,
            "box": f"{purpose.code}:{channel}:{answer}",
            "answer": answer,
            "ticked": ticked,
            "decided": bool(decision.state),
            "label": answer and self._sheet_choice_labels()[answer][channel],
            "sentence": answer and self._sheet_choice_sentence(purpose.name, answer, channel),
            "words": self._sheet_choice_words(decision),
        }

    def _sheet_decision(self, door, purpose, channel):
        """Return the :class:`Standing` of this person for a purpose on a channel."""
        answer = door.may_contact(self, purpose, channel)
        row, rule, refusal, counts = answer.row, answer.rule, answer.refusal, answer.counts
        asked = row and row.requested_at or False
        if row and (row.state in REFUSALS or not refusal):
            state = "requested" if asked and row.state not in DECIDED else row.state
            return Standing(
                state, asked if state == "requested" else row.effective_at, asked, counts, rule
            )
        if refusal:
            return Standing(refusal.state, refusal.at, asked, False, rule)
        return Standing(False, False, False, False, rule)

    @api.model
    def _sheet_choice_labels(self):
        """Return ``{answer: {channel: the words beside the box}}``."""
        return {
            "yes": {
                "email": self.env._("Yes, you may write to me by e-mail"),
                "phone": self.env._("Yes, you may call me"),
                "sms": self.env._("Yes, you may send me text messages"),
                "post": self.env._("Yes, you may write to me by post"),
            },
            "no": {
                "email": self.env._("No longer write to me by e-mail"),
                "phone": self.env._("No longer call me"),
                "sms": self.env._("No longer send me text messages"),
                "post": self.env._("No longer write to me by post"),
            },
        }

    def _sheet_choice_words(self, decision):
        """Return what stands for a cell, in a sentence."""
        if not decision.state:
            return self.env._("You have not agreed: we do not contact you this way.")
        date = format_date(self.env, decision.at)
        words = {
            "given": self.env._("You agreed on %(date)s.", date=date),
            "renewed": self.env._("You agreed again on %(date)s.", date=date),
            "refused": self.env._("You refused on %(date)s.", date=date),
            "withdrawn": self.env._("You took your agreement back on %(date)s.", date=date),
            "objected": self.env._("You objected on %(date)s.", date=date),
            "expired": self.env._("Your agreement ran out on %(date)s.", date=date),
            "requested": self.env._(
                "We asked you on %(date)s; you have not answered yet.", date=date
            ),
        }
        return words.get(decision.state, "")

    def _sheet_notice_read(self, purpose):
        """Return the notice in force in the language of the environment, or nothing."""
        return purpose.notice_id._in_force(
            self.env.lang or "en_US", country=self._sheet_consent_country()
        )

    def _sheet_agree_label(self, purpose, channel):
        """Return the whole sentence by which a person agrees, in the environment's language."""
        name = purpose.with_env(self.env).sudo().name
        return self._sheet_choice_sentence(name, "yes", channel)

    @api.model
    def _sheet_choice_sentence(self, purpose, answer, channel):
        """Return what a ticked box says on its own, with the name of its purpose."""
        label = self._sheet_choice_labels()[answer][channel]
        return self.env._("%(purpose)s: %(label)s", purpose=purpose, label=label)

    # -- deciding --------------------------------------------------------------

    def _sheet_marketing_cells(self):
        """Return the ``(purpose code, channel)`` that this person may take themselves out of."""
        codes = self.env["customer.sheet.consent.purpose"].sudo()._marketing_codes()
        channels = [code for code, _name in CHANNELS if self._sheet_contact_point(code)]
        return [(code, channel) for code in codes for channel in channels]

    def _sheet_preferences_changed(self, shown, ticked):
        """Return the decisions that a sent form contains: only what the person changed.

        A box that looks as it was shown is no decision, even if somebody recorded another
        one meanwhile.

        :param shown: ``{(purpose code, channel, answer): was it ticked}``, as sent back
        :param ticked: the ``(purpose code, channel, answer)`` of the boxes ticked now
        :return: list of ``(decision, exact label, notice version)``
        """
        offered = {
            (preference["code"], choice["channel"]): preference
            for preference in self._sheet_preferences()
            for choice in preference["choices"]
        }
        changed, answers = [], self._sheet_choice_labels()
        for (code, channel, answer), was_ticked in shown.items():
            is_ticked = (code, channel, answer) in ticked
            preference = offered.get((code, channel))
            if is_ticked == was_ticked or not preference or answer not in answers:
                continue
            label = self._sheet_choice_sentence(preference["name"], answer, channel)
            decision = {"purpose": code, "channel": channel, "state": _state(answer, is_ticked)}
            if decision["state"] != "given" or preference["notice"]:
                changed.append((decision, label, preference["notice"]))
        return changed
