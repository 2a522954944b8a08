"""What the public pages of the privacy room have in common."""

from odoo.http import request
from odoo.tools import format_date

from ...models.privacy.intake.settings import PAGE
from ...models.privacy.requests.words import own_words
from ..guarded import text
from ..public_pages import Pages

LONGEST_WORDS = 5_000


_pages = Pages("privacy_page_unknown", "privacy_page_refused", "; script-src 'self'", path=PAGE)
plain_page, not_found, refusal = _pages.page, _pages.not_found, _pages.refusal
GET, POST = _pages.get, _pages.post


def kinds():
    """Return ``[(code, words)]`` of what may be asked for."""
    return list(own_words(request.env).items())


def sent_kind():
    """Return the right that was chosen, or an empty text."""
    chosen = text("kind")
    return chosen if chosen in own_words(request.env) else ""


def answer_by(asked):
    """Return the sentence that says until when a request in work is answered, or nothing."""
    if asked.state not in ("received", "working") or not asked.due_on:
        return ""
    day = format_date(request.env, asked.due_on)
    return request.env._("You will have our answer by %(day)s.", day=day)
