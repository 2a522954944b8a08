"""What the public pages of the consent room have in common."""

from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlencode

import psycopg2.errors

from odoo.http import request
from odoo.tools.misc import get_lang

from ...models.consent.pages.ip_address import kept, truncate
from ...models.consent.settings import (
    DPO_EMAIL,
    KEEP_IP,
    OBJECTION_ADDRESS,
    OBJECTION_PHONE,
)

#: A link is a key: no cache, no referrer, no search engine, no frame keeps or shows it.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
    " object-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
}

LONGEST = 300


def holder_of(kind, token):
    """Return the holder of a token, or None; the page speaks their language, or the chosen one."""
    holder = request.env["customer.sheet.consent.link"].sudo()._open(kind, token)
    if not holder:
        return None
    speak(wish(), holder.sheet._sheet_consent_lang() if holder.sheet else None)
    return replace(holder, sheet=holder.sheet.with_env(request.env).sudo())


def page(template, company=None, status=200, **values):
    """Return a page in the language of the request."""
    values = {
        "languages": _languages(),
        "page_lang": html_lang(request.env.lang),
        "company": company or request.env.company.sudo(),
        "contact": _contact(),
        **values,
    }
    response = request.render(f"crm_customer_sheet.{template}", values, status=status)
    response.headers.update(HEADERS)
    return response


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


def see_other(path, **parameters):
    """Return a redirect that turns a POST into a page that can be loaded again.

    The page opens at what it says about the POST, so that screen readers begin there.
    """
    parameters["lang"] = request.env.lang
    response = request.redirect(f"{path}?{urlencode(parameters)}#done", code=303)
    response.headers.update(HEADERS)
    return response


@contextmanager
def once():
    """Ignore what a second click at the same moment records: PostgreSQL keeps the first."""
    try:
        with request.env.cr.savepoint():
            yield
    except psycopg2.errors.UniqueViolation:
        request.env.invalidate_all()


def trace(submission=""):
    """Return what is kept of a visit as evidence."""
    headers = request.httprequest.headers
    return {
        "ip": kept(request.httprequest.remote_addr, KEEP_IP.value(request.env)),
        "user_agent": _line(headers.get("User-Agent")),
        "referrer": _line((headers.get("Referer") or "").partition("?")[0]),
        "submission": submission,
    }


def _line(header):
    """Return what a header says, without what PostgreSQL cannot hold."""
    return (header or "").replace("\0", "")[:LONGEST]


def network():
    """Return the network of the visitor, to tell a flood from people."""
    return truncate(request.httprequest.remote_addr)


def wish():
    """Return the language that the visitor chose; what names none is no wish."""
    return request.httprequest.values.get("lang") or ""


def speak(*wishes):
    """Let the request speak the first wish that is installed, or else the visitor's language."""
    codes = [code for code, _name in request.env["res.lang"].sudo().get_installed()]
    for wish in (*wishes, request.best_lang):
        same = [code for code in codes if wish and code.split("_")[0] == wish.split("_")[0]]
        if same:
            request.update_context(lang=wish if wish in codes else same[0])
            return
    request.update_context(lang=get_lang(request.env).code)


def _languages():
    """Return ``{"name", "html", "url", "current"}`` of the languages to choose from."""
    return [
        {
            "name": name.rpartition(" / ")[2],
            "html": html_lang(code),
            "url": f"?{urlencode({'lang': code})}",
            "current": code == request.env.lang,
        }
        for code, name in request.env["res.lang"].sudo().get_installed()
    ]


def html_lang(code):
    """Return the code of a language as HTML writes it.

    >>> html_lang("fr_BE"), html_lang("sr@latin")
    ('fr-BE', 'sr')
    """
    return code.partition("@")[0].replace("_", "-")


def _contact():
    """Return where somebody may object or ask, as the settings say."""
    return {
        "dpo_email": DPO_EMAIL.value(request.env),
        "objection_phone": OBJECTION_PHONE.value(request.env),
        "objection_address": OBJECTION_ADDRESS.value(request.env),
    }
