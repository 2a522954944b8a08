"""How what a visitor sent gets in, and how much it looks like spam."""

from odoo.http import request

from ...models.collection.pages.suspicion import POINTS, Signs, is_work, weigh
from ..guarded import text
from ..public_pages import network
from .filling import CAMPAIGN

#: A field that people do not see and programs fill in.
HONEYPOT = "reply_channel"


def receive(filling, values, boxes, message, **options):
    """Hand over what was sent, or a draft of it; return ``(submission, fresh)``."""
    return filling.form._receive(
        filling.ticket.uuid,
        values,
        boxes,
        message,
        lang=request.env.lang,
        trace=visit(),
        version=filling.version,
        **options,
    )


def visit():
    """Return where the visitor comes from, as the page has kept it since the first step."""
    http = request.httprequest
    sent = {name: text(name) for name in ("referrer", "page", *CAMPAIGN)}
    return {"ip": http.remote_addr, "user_agent": http.headers.get("User-Agent"), **sent}


def suspicions(filling, values, message):
    """Return ``[(code, points)]`` of what makes a sent form suspicious."""
    written = [each for each in values.values() if isinstance(each, str)]
    points, codes = weigh(
        Signs(
            honeypot=text(HONEYPOT, 60_000),
            seconds=filling.ticket.age,
            texts=(*written, message),
            is_throw_away=filling.form._is_throw_away(values.get("email")),
            is_flood=filling.form._is_flood(network()),
            is_proven=is_work(text("ticket", 1000), text("work")),
        )
    )
    return weighed(codes, points)


def weighed(codes, points):
    """Return each code with its points; what the page worked for is taken off the last ones."""
    left, found = points, []
    for code in codes:
        found.append((code, min(POINTS[code], left)))
        left -= found[-1][1]
    return found
