"""What the public pages of the privacy room have in common."""

from odoo.http import request
from odoo.tools import format_date

from ...models.privacy.identity.words import own_words
from ...models.privacy.intake.settings import PAGE
from ..guarded import text
from ..public_pages import page, speak, wish

LONGEST_WORDS = 5_000


def plain_page(template, status=200, **values):
    """Return a page that needs no script, and runs none of anybody else's."""
    return page(template, status=status, policy="; script-src 'self'", own_policy=True, **values)


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


def not_found():
    """Return the page for a link that opens nothing, whatever the reason."""
    speak(wish())
    return plain_page("privacy_page_unknown", 404, path=PAGE)


def refusal(status):
    """Return the page that says why nothing was done, in the visitor's language."""
    if status == 404:
        return not_found()
    # a form that is too long cannot be asked for the language either
    speak(request.httprequest.args.get("lang") if status == 413 else wish())
    values = {"too_long": status == 413, "ours": status >= 500, "busy": status == 429}
    return plain_page("privacy_page_refused", status, path=PAGE, **values)


#: A page needs no session, and leaves no cookie.
GET = {"auth": "public", "readonly": True, "save_session": False, "refusal": refusal}

#: csrf: there is no session that another site could use; signed ticket and link are the authority.
POST = {
    "auth": "public",
    "runs": ("POST",),
    "csrf": False,
    "save_session": False,
    "refusal": refusal,
    "max_content_length": 64 * 1024,
}
