"""What the public pages of the consent room have in common."""

from dataclasses import replace

from odoo.http import request

from ..public_pages import page, speak, wish


def holder_of(kind, token):
    """Return the holder of a token, or None; the page speaks their language, or the chosen one."""
    holder = request.env["customer.sheet.consent.link"].sudo()._open(kind, token)
    if not holder:
        return None
    speak(wish(), holder.sheet._sheet_consent_lang() if holder.sheet else None)
    return replace(holder, sheet=holder.sheet.with_env(request.env).sudo())


def not_found():
    """Return the page for a link that opens nothing, whatever the reason."""
    speak(wish())
    return page("consent_link_unknown", status=404)


def refusal(status):
    """Return the page that says why nothing was done, in the visitor's language."""
    if status == 404:
        return not_found()
    # a form that is too long cannot be asked for the language either
    speak(request.httprequest.args.get("lang") if status == 413 else wish())
    return page("consent_refused", status=status, too_long=status == 413, ours=status >= 500)


#: Routes that show and never change anything; replicas of the database may answer them.
GET = {"auth": "public", "readonly": True, "refusal": refusal}
POST = {"auth": "public", "runs": ("POST",), "refusal": refusal}
