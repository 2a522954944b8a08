from odoo.http import Controller, request
from odoo.tools import format_date

from ...models.privacy.requests.words import own_words
from ...models.privacy.room import PRIVACY
from ..guarded import guarded, text
from .pages import LONGEST_WORDS, answer_by, kinds, sent_kind

PATH = "/my/privacy"


class PrivacyPortal(Controller):
    """What somebody who is logged in asks about their own data, and where it stands."""

    @guarded(PATH, auth="user", website=True, readonly=True)
    def my_privacy(self, **_sent):
        """Show their requests and the form for another one."""
        if not PRIVACY.in_use(request.env):
            return request.not_found()
        return self._page(is_done=bool(text("done")))

    @guarded(PATH, runs=("POST",), auth="user", website=True)
    def my_privacy_sent(self, **_sent):
        """Note what they ask for: their account proves who they are."""
        if not PRIVACY.in_use(request.env):
            return request.not_found()
        kind, words = sent_kind(), text("words", 12 * LONGEST_WORDS)
        words = words.replace("\r\n", "\n").strip()
        error = (
            request.env._("Choose what you ask for.")
            if not kind
            else request.env._("This is too long: 5,000 characters at most.")
            if len(words) > LONGEST_WORDS
            else ""
        )
        if error:
            return self._page(error=error, kind=kind, words=words)
        user = request.env.user
        request.env["customer.sheet.request"].sudo()._receive_of_account(user, kind, words)
        return request.redirect(f"{PATH}?done=1", code=303)

    def _page(self, **values):
        env, user = request.env, request.env.user
        requests = env["customer.sheet.request"].sudo()._of_account(user)
        said = own_words(env)
        rows = [
            {
                "name": each.name,
                "right": said[each.kind],
                "received": format_date(env, each.received_on),
                "due": answer_by(each),
                "state": each.state,
            }
            for each in requests
        ]
        shown = {"kind": "", "words": "", "error": "", "is_done": False, **values}
        shown |= {"page_name": "sheet_privacy", "rows": rows, "kinds": kinds()}
        response = request.render("crm_customer_sheet.portal_my_privacy", shown)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        response.headers["Cache-Control"] = "no-store"
        return response
