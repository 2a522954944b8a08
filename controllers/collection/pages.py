"""The pages of the collection room that show no form: unknown, gone, refused."""

from odoo.http import request

from ..public_pages import page, speak, wish

#: Nothing but our own script, and what it sends goes to us.
POLICY = "; script-src 'self'; connect-src 'self'"


def plain_page(template, status=200, **values):
    """Return a page that is about no form."""
    return page(template, status=status, policy=POLICY, own_policy=True, **values)


def not_found():
    """Return the page for an address that leads to no form."""
    speak(wish())
    return plain_page("form_page_unknown", 404)


def refusal(status):
    """Return the page that says why nothing was done, in the visitor's language."""
    if status == 404:
        return not_found()
    # a form that is too long cannot be asked for the language either
    speak(request.httprequest.args.get("lang") if status == 413 else wish())
    return plain_page("form_page_refused", status, too_long=status == 413, ours=status >= 500)


#: A page needs no session, and leaves no cookie.
GET = {"auth": "public", "readonly": True, "save_session": False, "refusal": refusal}

#: csrf: there is no session that another site could use; the signed ticket is the authority.
POST = {
    "auth": "public",
    "runs": ("POST",),
    "csrf": False,
    "save_session": False,
    "refusal": refusal,
    "max_content_length": 64 * 1024,
}
