from dataclasses import dataclass

from odoo import SUPERUSER_ID, models
from odoo.http import Controller, request

from ...models.collection.forms.content import lines as lines_of
from ...models.collection.pages import ticket as tickets
from ..guarded import guarded, text
from ..public_pages import network, see_other, speak, typed_address, wish
from . import answers
from .filling import Filling
from .pages import GET, POST, plain_page

PATH = "/customer_sheet/complete/<string:token>"
NEW_LINK = "/customer_sheet/complete"


@dataclass
class Completion(Filling):
    """The most useful questions that are open for the holder of a link, on one page."""

    sheet: models.Model = None
    at: str = ""

    @property
    def path(self):
        return f"{NEW_LINK}/{self.at}"

    @property
    def steps(self):
        return [{"title": "", "lines": self.open_lines()}]

    @property
    def company(self):
        return self.sheet.company_id or None

    @property
    def frames(self):
        return ()

    def open_lines(self):
        """Return the lines of the form that ask what is not known, none of them obligatory."""
        lines = lines_of(self.said)
        codes = self.sheet._sheet_complete_codes(list(lines))
        return [{**lines[code], "required": False} for code in codes]

    def sent_lines(self):
        """Return the lines that were sent: what was answered meanwhile is no reason to lose one."""
        sent = request.httprequest.form
        return [
            {**line, "required": False}
            for code, line in lines_of(self.said).items()
            if answers.PREFIX + code in sent
        ]

    def show_page(self, status=200, done=False):
        """Return the page; of what is known only how we reach the customer, masked."""
        shown = answers.shown(self.lines, self.raw, self.errors)
        return self.show(
            "form_page_complete",
            status,
            title=request.env._("A few more details"),
            done=done,
            number=1,
            fields=shown,
            mistakes=self._mistakes(shown),
            points=self.sheet._sheet_known_points(),
        )


class CollectionComplete(Controller):
    """What is still open on a sheet, asked of the customer by a link that only they have."""

    @guarded(PATH, **GET)
    def complete(self, token, **_sent):
        """Show the most useful open questions, and nothing that is known."""
        completion = self._completion(token)
        return completion.show_page(done=bool(text("done"))) if completion else _gone()

    @guarded(PATH, **POST)
    def completed(self, token, **_sent):
        """Take the answers: proposals, or what fills the empty fields of the holder's lead."""
        ticket = tickets.opened(request.env(su=True), text("ticket", 1000))
        completion = self._completion(token, ticket)
        if not completion:
            return _gone()
        lines = completion.sent_lines()
        completion.raw = answers.written(lines)
        values, completion.errors = answers.read(lines, completion.raw)
        if completion.errors or ticket != completion.ticket or ticket.age > tickets.OLDEST:
            return self._again(completion)
        if values:
            completion.sheet.with_user(SUPERUSER_ID)._sheet_completed(values)
        return see_other(completion.path, done=1)

    def _again(self, completion):
        if not completion.errors:
            completion.note = request.env._(
                "This page had been open for too long. Nothing is lost: send it again."
            )
        return completion.show_page(422 if completion.errors else 400)

    def _completion(self, token, ticket=None):
        """Return the :class:`Completion` of whoever holds a link, or None."""
        sheet = request.env["customer.sheet.consent.link"].sudo()._open_complete(token)
        form = sheet and sheet._sheet_complete_form()
        if not form or not form.version_id:
            return None
        if not ticket or ticket.form_id != form.id:
            ticket = tickets.new(form.version_id)
        version = form.version_ids.filtered(lambda each: each.id == ticket.version_id)
        speak(wish(), sheet._sheet_consent_lang(), codes=version.content["langs"])
        env = request.env(su=True)
        return Completion(
            form.with_env(env),
            version.with_env(env),
            ticket,
            version._said(request.env.lang),
            env["customer.sheet.submission"],
            sheet=sheet.with_env(env),
            at=token,
        )

    # -- send me a new link ------------------------------------------------------------

    @guarded(NEW_LINK, **GET)
    def new_link(self, **_sent):
        """Offer to send a new link, or say that the request was noted."""
        speak(wish())
        return plain_page("form_page_complete_gone", done=bool(text("done")))

    @guarded(NEW_LINK, **POST)
    def new_link_send(self, **_sent):
        """Note the request; the answer tells nothing about who is known."""
        speak(wish())
        address, typed = typed_address("address", answers.LONGEST)
        if not address:
            return plain_page("form_page_complete_gone", done=False, wrong=typed, failed=True)
        requests = request.env["customer.sheet.consent.link.request"].sudo()
        requests._note(address, network(), kind="complete")
        return see_other(NEW_LINK, done=1)


def _gone():
    speak(wish())
    return plain_page("form_page_complete_gone", 404, done=False)
