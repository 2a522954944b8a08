"""How what a visitor sent gets in, and how much it looks like spam."""

from odoo.http import request

from ...models.collection.pages.suspicion import Signs, is_work, weigh
from ..guarded import text
from ..public_pages import network
from . import captcha
from .filling import CAMPAIGN, ORIGIN, brought

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
    sent = {name: brought(name) for name in (*ORIGIN, *CAMPAIGN)}
    return {"ip": http.remote_addr, "user_agent": http.headers.get("User-Agent"), **sent}


def suspicion(filling, values, message):
    """Return how suspicious a sent form is: ``(points, codes of why)``."""
    written = [each for each in values.values() if isinstance(each, str)]
    return weigh(
        Signs(
            honeypot=text(HONEYPOT, 60_000),
            seconds=filling.ticket.age,
            texts=(*written, message),
            is_throw_away=filling.form._is_throw_away(values.get("email")),
            is_flood=filling.form._is_flood(network()),
            is_refused=captcha.refuses(),
            is_proven=is_work(text("ticket", 1000), text("work")),
        )
    )
