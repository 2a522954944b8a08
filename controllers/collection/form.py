from odoo.http import Controller, Response, request

from ...models.collection.intake.exceptions import OtherPayload, Unreadable
from ...models.collection.pages import ticket as tickets
from ...models.collection.settings import DRAFT_DAYS
from ..guarded import guarded, text
from ..public_pages import headers, network, typed_address
from . import answers
from .filling import MESSAGE, begun, form_at
from .pages import GET, POLICY, POST, not_found
from .receiving import receive, suspicion

PATH = "/customer_sheet/form/<string:slug>"


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
            return begun(form).show(
                "form_page_gone", 404, title=request.env._("Nothing is kept here")
            )
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
        return filling.show("form_page_done", title=request.env._("Thank you"), success=success)

    def _later(self, filling, wrong=None):
        """Show where to have the link to the draft sent."""
        address = filling.draft.values.get("email", "") if wrong is None else wrong
        return filling.show(
            "form_page_later",
            200 if wrong is None else 422,
            title=request.env._("Continue later"),
            address=address,
            kept=request.env._(
                "Your answers are kept for %(days)s days and then deleted. Nothing has been sent."
                " We mail you the link to go on.",
                days=DRAFT_DAYS.value(request.env),
            ),
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
        filling.note = env._(
            "This page had been open for too long. Nothing is lost: send it again."
        )
        filling.raw = answers.written(filling.lines)
        if filling.draft and filling.number() > len(filling.steps):
            return filling.show_check(400)
        return filling.show_step(min(filling.number(), len(filling.steps)), 400)

    def _read_step(self, filling, is_partial=False):
        """Return the plain values of the step that was sent; what is wrong is in the filling."""
        step = filling.steps[min(filling.number(), len(filling.steps)) - 1]
        filling.raw = answers.written(step["lines"])
        lines = (
            [{**line, "required": False} for line in step["lines"]] if is_partial else step["lines"]
        )
        values, filling.errors = answers.read(lines, filling.raw)
        filling.form._receive_message(text(MESSAGE, answers.LONGEST), filling.errors)
        asked = {line["code"] for line in step["lines"]}
        before = filling.draft.values or {}
        return {**{code: before[code] for code in before if code not in asked}, **values}

    def _receive_draft(self, filling, values):
        """Keep the answers so far; the last step has the message and the boxes."""
        if filling.number() == len(filling.steps):
            boxes, message = filling.boxes(), text(MESSAGE, answers.LONGEST)
        else:
            boxes, message = filling.draft.consents or (), filling.draft.message or ""
        receive(filling, values, boxes, message, draft=True)

    def _next(self, filling):
        """Keep a step in the draft and go to the next one."""
        values = self._read_step(filling)
        if filling.errors:
            return filling.show_step(filling.number(), 422)
        self._receive_draft(filling, values)
        return filling.go_to(step=filling.number() + 1)

    def _save(self, filling):
        """Keep what can be read, and ask where to send the link."""
        number, last = filling.number(), len(filling.steps)
        if number <= last:
            values = self._read_step(filling, is_partial=True)
            if filling.errors:
                return filling.show_step(number, 422)
            self._receive_draft(filling, values)
        return filling.go_to(later=1, step=min(number, last))

    def _keep(self, filling):
        """Keep what stands in the page of a draft, without a word: the page goes on."""
        if filling.draft and filling.number() <= len(filling.steps):
            values = self._read_step(filling, is_partial=True)
            if MESSAGE not in filling.errors:
                self._receive_draft(filling, values)
        return Response(status=204, headers=headers(filling.frames, POLICY))

    def _mail(self, filling):
        if not filling.draft:
            return self._again(filling)
        address, typed = typed_address("address", answers.LONGEST)
        if not address:
            return self._later(filling, wrong=typed)
        filling.form._mail_draft(filling.draft, filling.ticket, address, network())
        return filling.go_to(later="mailed", step=filling.number())

    def _send(self, filling):
        """Receive the form for good."""
        if filling.ticket.age > tickets.OLDEST:
            return self._again(filling)
        if filling.is_short:
            values = self._read_step(filling)
            boxes, message = filling.boxes(), text(MESSAGE, answers.LONGEST)
        elif filling.draft:
            values, boxes = filling.draft.values or {}, filling.draft.consents or ()
            message = filling.draft.message or ""
        else:
            return self._again(filling)
        if filling.errors:
            return filling.show_step(1, 422)
        return self._receive_all(filling, values, boxes, message)

    def _receive_all(self, filling, values, boxes, message):
        try:
            receive(filling, values, boxes, message, suspicion=suspicion(filling, values, message))
        except OtherPayload:
            return self._sent_before(filling)
        except Unreadable as error:
            filling.errors = error.errors
            return filling.show_step(filling.place_of(error.errors), 422)
        return filling.go_to(draft=False, done=1)

    def _sent_before(self, filling):
        """Somebody went back and changed what they had sent: they may send it once more."""
        fresh = begun(filling.form)
        fresh.raw = answers.written(fresh.lines)
        fresh.note = request.env._(
            "You have sent this form already. If you want to send it once more with what you"
            " changed, press the button again."
        )
        return fresh.show_step(1, 409)
