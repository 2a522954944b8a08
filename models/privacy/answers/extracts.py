"""The words around a person in a text that is not theirs."""

import html
import re

from ..scan.readable import readable

#: Letters before and after.
AROUND = 120

_TAGS_RE = re.compile(r"<[^<>]*>")


def extracts(text, regex):
    """Return what stands around each place of a text in which a person stands, as one text.

    >>> extracts("<p>Call <b>Zoé</b> &amp; Co</p>", re.compile("Zoé"))
    'Call Zoé & Co'
    >>> extracts("Zoé. " + "x " * 200 + "Zoé", re.compile("Zoé")).count("…")
    2
    >>> extracts("Bo", re.compile("Zoé"))
    ''
    """
    text, parts = readable(text or "", regex), []
    for found in regex.finditer(text):
        start, end = max(found.start() - AROUND, 0), min(found.end() + AROUND, len(text))
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return "\n".join(
        f"{'…' if start else ''}{_words(text[start:end])}{'…' if end < len(text) else ''}"
        for start, end in parts
    )


def _words(text):
    text = _TAGS_RE.sub(" ", text.partition(">")[2] if _is_cut(text) else text)
    return " ".join(html.unescape(text).split())


def _is_cut(text):
    """Tell whether a text begins within a tag."""
    head = text.partition(">")
    return bool(head[1]) and "<" not in head[0]
