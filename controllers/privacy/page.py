import hashlib
import time
import uuid

from odoo.http import Controller, request

from ...models.collection.pages import ticket as tickets
from ...models.collection.pages.suspicion import Signs
from ...models.privacy.intake.settings import PAGE, is_page_open
from ..collection.receiving import HONEYPOT
from ..guarded import guarded, text
from ..public_pages import network, once, see_other, speak, typed_address, wish
from .pages import GET, LONGEST_WORDS, POST, kinds, not_found, plain_page, refusal, sent_kind


class PrivacyPage(Controller):
    """What anybody may ask about their own data, without a login.  A GET changes nothing.

    The answer is the same, and takes as long, whether the address is known or not: nothing is
    looked up here.
    """

    @guarded(PAGE, **GET)
    def privacy(self, **_sent):
        """Show the form, or say that what was sent has been noted."""
        if not is_page_open(request.env):
            return not_found()
        speak(wish())
        return plain_page("privacy_page_done") if text("done") else self._form({})

    @guarded(PAGE, **POST)
    def privacy_sent(self, **_sent):
        """Note a request; who it is about is found out later."""
        arrivals = request.env["customer.sheet.request.arrival"].sudo()
        if not is_page_open(request.env):
            return not_found()
        if arrivals._is_turned_away(network()):
            return refusal(429)
        speak(wish())
        address, typed = typed_address("email")
        values = {
            "kind": sent_kind(),
            "person_name": " ".join(text("person_name", LONGEST_WORDS).split()),
            "email": address,
            "words": text("words", 12 * LONGEST_WORDS).replace("\r\n", "\n").strip(),
        }
        ticket = tickets.opened(request.env(su=True), text("ticket", 1000))
        is_ours = ticket and not ticket.form_id and ticket.age <= tickets.OLDEST
        errors = self._errors(values)
        if errors or not is_ours:
            return self._form({**values, "email": typed}, errors, ticket if is_ours else None)
        self._note(arrivals, values, ticket)
        return see_other(PAGE, done=1)

    def _note(self, arrivals, values, ticket):
        signs = Signs(
            honeypot=text(HONEYPOT, 60_000),
            seconds=ticket.age,
            texts=(values["person_name"], values["words"]),
            is_throw_away=request.env["customer.sheet.form"].sudo()._is_throw_away(values["email"]),
            is_flood=arrivals._is_flood(network(), values["email"]),
        )
        # who goes back and changes what they sent has asked for something else
        key = hashlib.sha256("|".join([ticket.uuid, *values.values()]).encode()).hexdigest()
        lang, company = request.env.lang, request.env.company.id
        with once():
            arrivals._arrive({**values, "uuid": key, "lang": lang, "company_id": company}, signs)

    def _form(self, values, errors=None, ticket=None):
        """Return the form with what was typed; without a ticket it was open for too long."""
        is_old = bool(values) and not ticket
        ticket = ticket or tickets.Ticket(0, 0, str(uuid.uuid4()), int(time.time()))
        return plain_page(
            "privacy_page",
            400 if is_old else 422 if errors else 200,
            path=PAGE,
            privacy_page="",  # this is it
            kinds=kinds(),
            values=values,
            errors=errors or {},
            is_old=is_old,
            honeypot=HONEYPOT,
            ticket=tickets.sign(request.env(su=True), ticket),
        )

    def _errors(self, values):
        """Return ``{field: sentence}`` of what is wrong, in the order of the page."""
        env = request.env
        found = {}
        if not values["kind"]:
            found["kind"] = env._("Choose what you ask for.")
        if not values["person_name"]:
            found["person_name"] = env._("Tell us your name.")
        elif len(values["person_name"]) > 200:
            found["person_name"] = env._("A name has 200 characters at most.")
        if not values["email"]:
            found["email"] = env._(
                "This is not a complete e-mail address, such as name@example.com."
            )
        if len(values["words"]) > LONGEST_WORDS:
            found["words"] = env._("This is too long: 5,000 characters at most.")
        return found
