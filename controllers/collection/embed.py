import json

from odoo.http import Controller, Response

from ...tools.qr import svg
from ..guarded import guarded, text
from .filling import CAMPAIGN, form_at
from .pages import GET, not_found

PATH = "/customer_sheet/form/<string:slug>"

#: Puts a frame where the script stands, as high as the form in it. It reads nothing of the page
#: that it is in but the campaign in its address, and stores nothing.
EMBED = """(function () {
    var script = document.currentScript, form = new URL(%(url)s);
    var campaign = new URLSearchParams(location.search);
    form.searchParams.set("framed", "1");
    form.searchParams.set("page", location.origin + location.pathname);
    %(campaign)s.forEach(function (name) {
        if (campaign.get(name)) { form.searchParams.set(name, campaign.get(name)); }
    });
    var lang = script.dataset.lang || document.documentElement.lang;
    if (lang) { form.searchParams.set("lang", lang.replace("-", "_")); }
    var frame = document.createElement("iframe");
    frame.src = form;
    frame.title = script.dataset.title || %(title)s;
    frame.style.cssText = "display:block;width:100%%;height:720px;border:0";
    script.parentNode.insertBefore(frame, script);
    window.addEventListener("message", function (ev) {
        var told = ev.source === frame.contentWindow && ev.origin === form.origin && ev.data;
        if (told && told.customerSheetForm === form.pathname) {
            frame.style.height = Math.min(Math.max(Number(told.height) || 0, 200), 20000) + "px";
        }
    });
})();
"""


class CollectionEmbed(Controller):
    """What brings people to a form: one line for a website, a code for a poster."""

    @guarded(f"{PATH}/embed.js", **GET)
    def embed(self, slug, **_sent):
        """Return the script that shows the form in the page of another website."""
        form = form_at(slug)
        if not form:
            return not_found()
        script = EMBED % {
            "url": _quoted(form.url),
            "title": _quoted(form.name),
            "campaign": json.dumps(CAMPAIGN),
        }
        return _file(script, "text/javascript; charset=utf-8")

    @guarded(f"{PATH}/qr.svg", **GET)
    def qr(self, slug, **_sent):
        """Return the code that opens the form; ``s`` says where the poster hangs."""
        form = form_at(slug)
        if not form:
            return not_found()
        where = text("s", 60)
        pairs = {"utm_source": where} if where else {}
        return _file(svg(form._address(**pairs)), "image/svg+xml")


def _quoted(text):
    r"""Return a text as a script writes it, wherever the script may stand.

    >>> print(_quoted("</script>"))
    "\u003c/script>"
    """
    return json.dumps(text).replace("<", "\\u003c")


def _file(content, kind):
    """Return a file that changes with the form, and seldom."""
    return Response(
        content,
        headers=[
            ("Content-Type", kind),
            ("Cache-Control", "public, max-age=3600"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'"),
        ],
    )
