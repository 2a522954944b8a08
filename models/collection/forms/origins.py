"""Addresses of websites, as a browser names where a page comes from."""

import re
from urllib.parse import urlsplit

_HOST_RE = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


def origins(text):
    """Return ``(origins, lines that are none)`` of a text with one address a line.

    What is returned can stand in a header: nothing but scheme, host and port.

    >>> origins("https://Www.Example.com/\\n\\nhttp://localhost:8080")
    (['https://www.example.com', 'http://localhost:8080'], [])
    >>> origins("www.example.com\\nhttps://a.example; script-src *\\nhttps://a.example/shop")
    ([], ['www.example.com', 'https://a.example; script-src *', 'https://a.example/shop'])
    """
    lines = list(dict.fromkeys(line.strip() for line in (text or "").splitlines()))
    read = {line: _origin(line) for line in lines if line}
    found = dict.fromkeys(origin for origin in read.values() if origin)
    return list(found), [line for line, origin in read.items() if not origin]


def _origin(line):
    """Return the origin that a line names, ``""`` if it names none, or more than that.

    >>> _origin("https://société.example"), _origin("https://*.example.com"), _origin("https://a@b")
    ('https://xn--socit-esab.example', '', '')
    """
    try:
        parts = urlsplit(line)
        host = (parts.hostname or "").encode("idna").decode().lower()
        port = parts.port
    except ValueError:
        return ""
    named = f"{parts.scheme}://{parts.netloc}"
    is_plain = line.rstrip("/").lower() == named.lower() and "@" not in parts.netloc
    if parts.scheme not in ("http", "https") or not is_plain or not _HOST_RE.fullmatch(host):
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")
