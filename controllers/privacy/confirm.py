from odoo.http import Controller, request
from odoo.tools import format_date

from ...models.privacy.intake.settings import PAGE
from ...models.privacy.requests.words import own_words
from ..guarded import guarded, text
from ..public_pages import see_other, speak, wish
from .pages import GET, POST, answer_by, kinds, not_found, plain_page, refusal, sent_kind

PATH = f"{PAGE}/<string:token>"


class PrivacyConfirm(Controller):
    """The link of the mail: the owner of the mailbox says whether a request is theirs."""

    @guarded(PATH, **GET)
    def privacy_confirm_ask(self, token, **_sent):
        """Ask, or say where the request stands.  Mail scanners follow links: nothing changes."""
        asked = self._asked(token)
        if not asked:
            return not_found()
        return plain_page(
            "privacy_page_confirm",
            company=asked.company_id,
            record=asked,
            is_open=asked._waits_for_link(),
            right=own_words(request.env)[asked.kind],
            kinds=kinds() if asked.channel == "email" else [],
            asked=request.env._(
                "Asked on %(day)s. Our reference: %(number)s",
                day=format_date(request.env, asked.received_on),
                number=asked.name,
            ),
            due=answer_by(asked),
        )

    @guarded(PATH, **POST)
    def privacy_confirm(self, token, **_sent):
        """Note the answer, the first one only."""
        asked = self._asked(token)
        if not asked:
            return not_found()
        answer = text("answer")
        if answer == "yes":
            asked._confirm(sent_kind() if asked.channel == "email" else "")
        elif answer == "no":
            asked._disown()
        else:
            return refusal(400)
        return see_other(f"{PAGE}/{token}")

    def _asked(self, token):
        asked = request.env["customer.sheet.request"].sudo()._of_link(token)
        if asked:
            speak(wish(), asked.lang)
        return asked.with_env(request.env).sudo()
