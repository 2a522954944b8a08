from odoo.http import Controller, Response, request
from odoo.tools import email_normalize

from ...models.collection.intake.exceptions import OtherPayload, Unreadable
from ...models.collection.pages import suspicion
from ...models.collection.pages import ticket as tickets
from ..guarded import guarded, text
from ..public_pages import headers, network, speak, trace, wish
from . import answers
from .filling import BOX, CAMPAIGN, LONGEST_MESSAGE, MESSAGE, POLICY, begun, form_at
from .pages import GET, POST, not_found

PATH = "/customer_sheet/form/<string:slug>"

#: A field that people do not see and programs fill in.
HONEYPOT = "reply_channel"


class CollectionForm(Controller):
    """A published form: steps, draft, check, thank-you.  Nothing but a POST changes anything."""

    @guarded(PATH, **GET)
    def form(self, slug, **_sent):
        """Show a step of the form, what was filled in so far, or that it was sent."""
        form = form_at(slug)
        if not form:
            return not_found()
        if not text("d", 1000):
            filling = begun(form)
            return self._done(filling) if text("done") else filling.show_step(1)
        ticket = tickets.opened_draft(request.env(su=True), text("d", 1000))
        filling = ticket and ticket.form_id == form.id and begun(form, ticket)
        if not filling or not filling.draft:
            return begun(form).show("form_gone", 404, title=request.env._("Nothing is kept here"))
        if filling.draft.state != "draft":
            return self._done(filling)
        return self._draft_page(filling)

    def _draft_page(self, filling):
        if text("later"):
            return self._later(filling)
        number = filling.number()
        return filling.show_step(number) if number <= len(filling.steps) else filling.show_check()

    def _done(self, filling):
        success = filling.said["success"] or request.env._("We have received what you sent.")
        return filling.show("form_done", title=request.env._("Thank you"), success=success)

    def _later(self, filling, wrong=None):
        """Show where to have the link to the draft sent."""
        address = filling.draft.values.get("email", "") if wrong is None else wrong
        return filling.show(
            "form_later",
            200 if wrong is None else 422,
            title=request.env._("Continue later"),
            address=address,
            mailed=text("later") == "mailed",
            failed=wrong is not None,
            back=filling.address(step=filling.number()),
            number=filling.number(),
        )

    # -- what comes in ---------------------------------------------------------------

    @guarded(PATH, **POST)
    def form_sent(self, slug, **_sent):
        """Keep a step, send the form or mail the link to its draft."""
        form = form_at(slug)
        if not form:
            return not_found()
        ticket = tickets.opened(request.env(su=True), text("ticket", 1000))
        if not ticket or ticket.form_id != form.id:
            return self._again(begun(form))
        filling = begun(form, ticket)
        if filling.draft and filling.draft.state != "draft" and text("go") != "send":
            return filling.go_to(draft=False, done=1)
        go = {"keep": self._keep, "later": self._save, "mail": self._mail, "send": self._send}
        return go.get(text("go"), self._next)(filling)

    def _again(self, filling):
        """Show what was typed once more: nothing is lost, and nothing was done."""
        env = request.env
        filling.note = env._("This page had been open for too long. Nothing is lost: send it again.")
        filling.raw = answers.written(filling.lines)
        if filling.draft and filling.number() > len(filling.steps):
            return filling.show_check(400)
        return filling.show_step(min(filling.number(), len(filling.steps)), 400)

    def _read_step(self, filling, is_partial=False):
        """Return the plain values of the step that was sent; what is wrong is in the filling."""
        step = filling.steps[min(filling.number(), len(filling.steps)) - 1]
        filling.raw = answers.written(step["lines"])
        lines = [{**line, "required": False} for line in step["lines"]] if is_partial else step["lines"]
        values, filling.errors = answers.read(lines, filling.raw)
        length = len(text(MESSAGE, answers.LONGEST))
        if length > LONGEST_MESSAGE:
            filling.errors[MESSAGE] = request.env._(
                "Your message has %(length)s characters; please sum it up in at most %(most)s.",
                length=length,
                most=LONGEST_MESSAGE,
            )
        asked = {line["code"] for line in step["lines"]}
        before = filling.draft.values or {}
        return {**{code: before[code] for code in before if code not in asked}, **values}

    def _next(self, filling):
        """Keep a step in the draft and go to the next one."""
        values = self._read_step(filling)
        if filling.errors:
            return filling.show_step(filling.number(), 422)
        self._receive(filling, values, is_draft=True)
        return filling.go_to(step=filling.number() + 1)

    def _save(self, filling):
        """Keep what can be read, and ask where to send the link."""
        number, last = filling.number(), len(filling.steps)
        if number <= last:
            values = self._read_step(filling, is_partial=True)
            if filling.errors:
                return filling.show_step(number, 422)
            self._receive(filling, values, is_draft=True)
        return filling.go_to(later=1, step=min(number, last))

    def _keep(self, filling):
        """Keep what stands in the page of a draft, without a word: the page goes on."""
        if filling.draft and filling.number() <= len(filling.steps):
            values = self._read_step(filling, is_partial=True)
            filling.errors.pop(MESSAGE, None) or self._receive(filling, values, is_draft=True)
        return Response(status=204, headers=headers(filling.form._frames(), POLICY))

    def _mail(self, filling):
        if not filling.draft:
            return self._again(filling)
        typed = text("address", answers.LONGEST)
        address = email_normalize(typed)
        if not address or len(address) > 254:
            return self._later(filling, wrong=typed[:254])
        filling.form._mail_draft(filling.ticket, address, network())
        return filling.go_to(later="mailed", step=filling.number())

    def _send(self, filling):
        """Receive the form for good."""
        if filling.ticket.age > tickets.OLDEST:
            return self._again(filling._replace_ticket())
        if filling.is_short:
            values = self._read_step(filling)
            if filling.errors:
                return filling.show_step(1, 422)
            return self._receive_all(filling, values)
        if not filling.draft:
            return self._again(filling)
        return self._receive_all(filling, filling.draft.values or {})
