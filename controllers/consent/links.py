from odoo.http import Controller, Response, request

from ..guarded import guarded, text
from ..public_pages import network, once, page, see_other, speak, trace, typed_address, wish
from .public import GET, POST, holder_of, not_found

UNSUBSCRIBE = "/customer_sheet/unsubscribe/<string:token>"
CONFIRM = "/customer_sheet/consent/<string:token>"
NEW_LINK = "/customer_sheet/preferences"


class ConsentLinks(Controller):
    """The other links of our mails: unsubscribe, confirm, send me a new link."""

    # -- unsubscribe (RFC 8058) ------------------------------------------------

    @guarded(UNSUBSCRIBE, save_session=False, **GET)
    def unsubscribe_ask(self, token, **_sent):
        """Ask before anything happens: mail scanners follow links."""
        holder = holder_of("unsubscribe", token)
        if not holder:
            return not_found()
        return page("consent_unsubscribe", holder.company, **self._facts(holder), done=False)

    # csrf: mail programs send this POST, without any session; the token is the authority
    @guarded(UNSUBSCRIBE, csrf=False, save_session=False, **POST)
    def unsubscribe(self, token, **_sent):
        """Stop messages for the purpose of the link, at once.

        A mail program sends ``List-Unsubscribe=One-Click`` and gets an empty answer, without
        cookies or redirect (RFC 8058, 3.1); a person gets a page.
        """
        holder = holder_of("unsubscribe", token)
        if not holder:
            return not_found()
        facts = self._facts(holder)
        with once():
            request.env["customer.sheet.consent.link"].sudo()._object(
                holder,
                [(holder.purpose, holder.channel)],
                method="one_click",
                label=facts["label"],
                payload=trace(),
            )
        if text("List-Unsubscribe") == "One-Click":
            return Response(status=200)
        return page("consent_unsubscribe", holder.company, **facts, done=True)

    def _facts(self, holder):
        """Return what the page says: the words that the click stands for."""
        purposes = request.env["customer.sheet.consent.purpose"].sudo()
        name = purposes._by_code(holder.purpose).name
        host = request.env["res.partner"]
        return {"label": host._sheet_choice_sentence(name, "no", holder.channel)}

    # -- double opt-in -----------------------------------------------------------

    @guarded(CONFIRM, **GET)
    def confirm_ask(self, token, **_sent):
        """Show what the person is asked to agree to, or what they answered."""
        holder, asked = self._asked(token)
        if not asked:
            return not_found()
        return page(
            "consent_confirm",
            holder.company,
            answer=asked._opt_in_answered().state,
            **self._question(holder, asked),
        )

    @guarded(CONFIRM, **POST)
    def confirm(self, token, **_sent):
        """Record the answer, the first one only."""
        holder, asked = self._asked(token)
        if not asked:
            return not_found()
        question, answer = self._question(holder, asked), text("answer")
        state = {"yes": "given", "no": "refused", "unasked": "refused"}.get(answer)
        allowed = state == "refused" or question["notice"]
        if state and allowed and not asked._opt_in_answered():
            with once():
                holder.sheet._sheet_opt_in_answer(
                    asked,
                    state,
                    label=question["label"],
                    notice_version=question["notice"],
                    payload={**trace(), "answer": answer},
                )
        return see_other(f"/customer_sheet/consent/{token}")

    def _asked(self, token):
        """Return ``(holder, request)``; no request where the link is worth nothing (any more)."""
        holder = holder_of("opt_in", token)
        events = request.env["customer.sheet.consent.event"].sudo()
        if not holder or not holder.sheet:
            return holder, events
        asked = events._opt_in_request(holder.request)
        return holder, asked.filtered(lambda event: event._opt_in_still_reaches(holder.sheet))

    def _question(self, holder, asked):
        purpose = asked.purpose_id.sudo()
        notice = holder.sheet._sheet_notice_read(purpose)
        label = holder.sheet._sheet_agree_label(purpose, asked.channel)
        return {"purpose": purpose, "notice": notice, "label": label}

    # -- send me a new link --------------------------------------------------------

    @guarded(NEW_LINK, **GET)
    def new_link(self, **_sent):
        """Offer to send a new link, or say that the request was noted."""
        speak(wish())
        return page("consent_link_new", done=bool(text("done")))

    @guarded(NEW_LINK, **POST)
    def new_link_send(self, **_sent):
        """Note the request; the answer tells nothing about who is known."""
        speak(wish())
        address, typed = typed_address("email")
        if not address:
            return page("consent_link_new", done=False, wrong=typed, failed=True)
        request.env["customer.sheet.consent.link.request"].sudo()._note(address, network())
        return see_other(NEW_LINK, done=1)
