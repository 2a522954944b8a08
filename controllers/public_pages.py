"""What the public pages of all rooms have in common.

No session, no script needed, nothing of anybody else's: a page is one template in the layout, in
the visitor's language, with the headers that keep its address to its reader.
"""

import functools
import hashlib
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg2.errors

from odoo.http import request
from odoo.tools import email_normalize, file_path
from odoo.tools.misc import get_lang

from ..models.consent.pages.ip_address import kept, truncate
from ..models.consent.settings import (
    DPO_EMAIL,
    KEEP_IP,
    OBJECTION_ADDRESS,
    OBJECTION_PHONE,
)
from ..models.privacy.intake.settings import PAGE, is_page_open
from .guarded import text

LONGEST = 300

#: Served as they are: Odoo's bundles open a session, and leave its cookie.
STYLES = ("consent/consent_public/consent_public.css", "collection/form_public/form.css")


def headers(frames=(), policy=""):
    """Return the headers of a page: a link is a key, and no cache, referrer or robot keeps it.

    :param frames: the origins that may show the page inside their own; nobody else may
    :param policy: what is added to the Content-Security-Policy
    """
    found = {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "base-uri 'none'; form-action 'self';"
        f" frame-ancestors {' '.join(frames) or chr(39) + 'none' + chr(39)};"
        f" object-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'{policy}",
    }
    return found if frames else {**found, "X-Frame-Options": "DENY"}


def page(template, company=None, status=200, frames=(), policy="", codes=None, keep=(), **values):
    """Return a page in the language of the request.

    :param codes: the languages to choose from, if not all that are installed
    :param keep: the pairs that the address keeps when the language changes
    """
    lang = request.env.lang
    values = {
        "languages": _languages(codes, keep),
        "page_lang": html_lang(lang),
        "page_dir": _direction(lang),
        "styles": [static(path) for path in STYLES],
        "company": company or request.env.company.sudo(),
        "contact": _contact(),
        "privacy_page": PAGE if is_page_open(request.env) else "",
        **values,
    }
    response = request.render(f"crm_customer_sheet.{template}", values, status=status)
    response.headers.update(headers(frames, policy))
    return response


def see_other(path, frames=(), **parameters):
    """Return a redirect that turns a POST into a page that can be loaded again.

    The page opens at what it says about the POST, so that screen readers begin there.
    """
    parameters["lang"] = request.env.lang
    response = request.redirect(f"{path}?{urlencode(parameters)}#done", code=303)
    response.headers.update(headers(frames))
    return response


@contextmanager
def once():
    """Ignore what a second click at the same moment records: PostgreSQL keeps the first."""
    try:
        with request.env.cr.savepoint():
            yield
    except psycopg2.errors.UniqueViolation:
        request.env.invalidate_all()


class Pages:
    """The pages of a room that need no session, and leave no cookie.

    :ivar get: options of the routes that show a page; ``post``: of those that take its form
    :param unknown: the template for a link that leads nowhere; ``refused``: the one that says why
        nothing was done; both get ``values``
    :param policy: what is added to the Content-Security-Policy
    """

    def __init__(self, unknown, refused, policy, **values):
        self._unknown, self._refused = unknown, refused
        self._policy, self._values = policy, values
        shared = {"auth": "public", "save_session": False, "refusal": self.refusal}
        self.get = {**shared, "readonly": True}
        # csrf: there is no session that another site could use; a signed ticket is the authority
        self.post = {
            **shared,
            "runs": ("POST",),
            "csrf": False,
            "max_content_length": 64 * 1024,
        }

    def page(self, template, status=200, **values):
        """Return a page that runs no script of anybody else's."""
        return page(template, status=status, policy=self._policy, own_policy=True, **values)

    def not_found(self):
        """Return the page for a link that leads nowhere, whatever the reason."""
        speak(wish())
        return self.page(self._unknown, 404, **self._values)

    def refusal(self, status):
        """Return the page that says why nothing was done, in the visitor's language."""
        if status == 404:
            return self.not_found()
        # a form that is too long cannot be asked for the language either
        speak(request.httprequest.args.get("lang") if status == 413 else wish())
        why = {"too_long": status == 413, "ours": status >= 500, "busy": status == 429}
        return self.page(self._refused, status, **self._values, **why)


# -- the visitor -------------------------------------------------------------------


def trace(submission=""):
    """Return what is kept of a visit as evidence."""
    sent = request.httprequest.headers
    return {
        "ip": kept(request.httprequest.remote_addr, KEEP_IP.value(request.env)),
        "user_agent": _line(sent.get("User-Agent")),
        "referrer": _line((sent.get("Referer") or "").partition("?")[0]),
        "submission": submission,
    }


def _line(header):
    """Return what a header says, without what PostgreSQL cannot hold."""
    return (header or "").replace("\0", "")[:LONGEST]


def typed_address(name, longest=LONGEST):
    """Return ``(normalised e-mail address, what was typed)``; no address where it is none."""
    typed = text(name, longest)
    address = email_normalize(typed) or ""
    return address if len(address) <= 254 else "", typed[:254]


def network():
    """Return the network of the visitor, to tell a flood from people."""
    return truncate(request.httprequest.remote_addr)


# -- languages -----------------------------------------------------------------------


def wish():
    """Return the language that the visitor chose; what names none is no wish."""
    return request.httprequest.values.get("lang") or ""


def speak(*wishes, codes=None):
    """Let the request speak the first wish that is there, or else the visitor's language.

    :param codes: the languages there are, if not all that are installed; the first is spoken
        where no wish can be granted
    """
    there = [code for code, _name in _spoken(codes)]
    for each in (*wishes, *_browser_languages()):
        same = [code for code in there if each and code.split("_")[0] == each.split("_")[0]]
        if same:
            request.update_context(lang=each if each in there else same[0])
            return
    request.update_context(lang=there[0] if codes and there else get_lang(request.env).code)


def _browser_languages():
    """Return what the browser asks for, the favourite first."""
    accepted = request.httprequest.accept_languages.values()
    return [request.best_lang, *(each.replace("-", "_") for each in accepted)]


def _spoken(codes=None):
    """Return ``[(code, name)]`` of the installed languages, those of ``codes`` in its order."""
    installed = request.env["res.lang"].sudo().get_installed()
    if codes is None:
        return installed
    names = dict(installed)
    return [(code, names[code]) for code in codes if code in names]


def _languages(codes, keep):
    """Return ``{"name", "html", "url", "current"}`` of the languages to choose from."""
    return [
        {
            "name": name.rpartition(" / ")[2],
            "html": html_lang(code),
            "url": f"?{urlencode([*keep, ('lang', code)])}",
            "current": code == request.env.lang,
        }
        for code, name in _spoken(codes)
    ]


def html_lang(code):
    """Return the code of a language as HTML writes it.

    >>> html_lang("fr_BE"), html_lang("sr@latin"), html_lang("ar_001")
    ('fr-BE', 'sr', 'ar-001')
    """
    return code.partition("@")[0].replace("_", "-")


def _direction(code):
    return request.env["res.lang"].sudo()._get_data(code=code).direction


@functools.cache
def static(path):
    """Return the address of a file of ours; another content has another one.

    Style sheets are the same from left and from right: they use logical properties, so that Odoo
    need not turn them with a tool that few servers have.
    """
    path = f"crm_customer_sheet/static/src/{path}"
    content = Path(file_path(path)).read_bytes()
    return f"/{path}?{hashlib.sha256(content).hexdigest()[:12]}"


def _contact():
    """Return where somebody may object or ask, as the settings say."""
    return {
        "dpo_email": DPO_EMAIL.value(request.env),
        "objection_phone": OBJECTION_PHONE.value(request.env),
        "objection_address": OBJECTION_ADDRESS.value(request.env),
    }
