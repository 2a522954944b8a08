"""The one way in for whatever comes by HTTP: every route of the module is made here.

Odoo lets OPTIONS run any handler, without CSRF token, and hands files and NUL characters over as
if they were text.  ``ir.http`` asks the guard of a route before Odoo reads the form.
"""

from collections.abc import Callable
from typing import NamedTuple

from werkzeug.exceptions import (
    BadRequest,
    MethodNotAllowed,
    NotFound,
    UnsupportedMediaType,
    abort,
)

from odoo.http import Response, request, route

#: The bodies that a page takes; a POST without a body has no type.
FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data")

#: The most that a form of ours holds, in bytes.
LARGEST_FORM = 256 * 1024

LARGEST_ID = 2**31 - 1


class Guard(NamedTuple):
    """What a route lets in.

    ``runs``: the methods that run its handler; ``refusal``: what makes the page that tells the
    visitor why nothing happened, from a status code; None for Odoo's own.  ``bodies``: the types
    of what a POST brings; ``shared``: what gives, from the values of the path, the headers by
    which pages of other websites may call the route.
    """

    runs: tuple[str, ...]
    refusal: Callable | None
    bodies: tuple[str, ...] = FORMS
    shared: Callable | None = None

    def check(self, args):
        """Turn away what the handler must not see, before anything was done.

        :param args: what the path holds
        :raise HTTPException: with the answer
        """
        http = request.httprequest
        if http.method == "OPTIONS":
            abort(Response(status=204, headers=self._options(args)))
        if http.method not in self.runs:
            raise MethodNotAllowed([*self.runs, "OPTIONS"])
        if not all(map(_is_clean, args.values())):
            raise NotFound
        if http.method == "POST":
            self._check_form(http)

    def _options(self, args):
        allow = ("Allow", ", ".join((*self.runs, "OPTIONS")))
        is_clean = all(map(_is_clean, args.values()))
        return [allow, *(self.shared(**args) if self.shared and is_clean else ())]

    def _check_form(self, http):
        if http.mimetype not in self.bodies:
            raise UnsupportedMediaType
        if http.files or not all(
            _is_clean(text) for field in http.form.items(multi=True) for text in field
        ):
            raise BadRequest
        if not all(text.isascii() for text in http.values.getlist("csrf_token")):
            raise BadRequest  # Odoo fails on comparing it


def guarded(path=None, runs=("GET", "HEAD"), refusal=None, bodies=FORMS, shared=None, **routing):
    """Return the decorator of a handler, as ``route`` of Odoo does.

    :param path: nothing for a handler that overrides one of stock
    :param runs: the methods that run it; OPTIONS is answered and runs nothing, ever
    :param refusal: see :class:`Guard`, as for ``bodies`` and ``shared``
    :param routing: as ``route`` takes it
    """
    routing["sheet_guard"] = Guard(tuple(runs), refusal, bodies, shared)
    if path:
        routing["methods"] = [method for method in runs if method != "HEAD"]
    if "POST" in runs:
        routing.setdefault("max_content_length", LARGEST_FORM)
    return route(path, **routing)


def text(name, limit=300):
    """Return what the visitor sent under ``name``: in the form if there is one, or the address.

    The first value counts where there are several; empty if there is none.

    :raise BadRequest: it is longer than ``limit``, or is no text
    """
    http = request.httprequest
    sent = (http.form if http.method == "POST" else http.args).get(name) or ""
    if len(sent) > limit or not _is_clean(sent):
        raise BadRequest
    return sent


def texts(name, limit=300):
    """Return all that the visitor sent under ``name`` in the form."""
    found = request.httprequest.form.getlist(name)
    if any(len(sent) > limit for sent in found):
        raise BadRequest
    return found


def _is_clean(value):
    """Return whether PostgreSQL can hold a value: a text without NUL, the number of a row.

    >>> _is_clean("Ada"), _is_clean("A\\0da"), _is_clean(10**10)
    (True, False, False)
    """
    if isinstance(value, str):
        return "\0" not in value
    return not isinstance(value, int) or abs(value) <= LARGEST_ID
