"""What is kept of where a submission came from (A12)."""

from urllib.parse import urlsplit

from ...consent.pages import ip_address

#: The longest text of each that is kept.
LONGEST = {"user_agent": 300, "referrer": 300, "page": 300}

#: What a trace may name, by the model that has it; the first is what browsers and programs send.
CAMPAIGNS = {
    "campaign_id": ("utm_campaign", "utm.campaign"),
    "medium_id": ("utm_medium", "utm.medium"),
    "source_id": ("utm_source", "utm.source"),
}


def kept(trace, keep_ip):
    """Return ``{field: text}`` of what is kept of a trace.

    :param trace: ``ip``, ``user_agent``, ``referrer``, ``page`` as they came; others are ignored
    :param keep_ip: what the setting says of network addresses

    >>> kept({"ip": "203.0.113.77", "referrer": "https://a.fr/x?mail=b@c.fr#d"}, "truncated")
    {'ip': '203.0.113.0', 'user_agent': '', 'referrer': 'https://a.fr/x', 'page': ''}
    """
    texts = {name: _text(trace.get(name)) for name in LONGEST}
    return {
        "ip": ip_address.kept(trace.get("ip"), keep_ip),
        "user_agent": texts["user_agent"][: LONGEST["user_agent"]],
        **{name: address(texts[name])[: LONGEST[name]] for name in ("referrer", "page")},
    }


def address(text):
    """Return a web address without what may name a person: query, fragment, user; else ``""``.

    >>> address("https://u:p@a.fr:8443/x?y=1"), address("/contact?x=1"), address("javascript:1")
    ('https://a.fr:8443/x', '/contact', '')
    """
    try:
        parts = urlsplit(text)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return ""
    if parts.scheme in ("http", "https") and host:
        return f"{parts.scheme}://{host}{parts.path}"
    return parts.path if not parts.scheme and parts.path.startswith("/") else ""


def _text(value):
    return "".join(filter(str.isprintable, value)).strip() if isinstance(value, str) else ""
