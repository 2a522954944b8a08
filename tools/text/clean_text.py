"""Take out of a one-line text what nobody typed on purpose."""

import re
import unicodedata

#: Longer text is no name; it is left alone (composing accents can take very long on it).
LONGEST = 1000

# Signs that show nothing: controls, soft hyphen, direction marks, zero width, lone surrogates.
_UNSEEN = (
    *range(0x00, 0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0),
    0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F),
    *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xD800, 0xE000),
)  # fmt: skip
# Windows-1252 read as Latin-1 leaves controls where the apostrophe and the œ were.
_TABLE = dict.fromkeys(_UNSEEN) | {0x91: "‘", 0x92: "’", 0x8C: "Œ", 0x9C: "œ"}

# Joiners carry meaning in Persian, in Indian scripts and in emoji, never after a Latin letter.
_JOINERS_RE = re.compile("(?<![\u0600-\u1fff\u2190-\U0010ffff])[\u200c\u200d]+")
_LATIN = "A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff"
_QUOTE_RE = re.compile(f"(?<=[{_LATIN}])[‘’`´ʼ′](?=[{_LATIN}])")


def clean(text):
    """Return ``text`` on one line, composed (Unicode NFC), without unseen signs or spare spaces.

    Between two letters every kind of apostrophe becomes the plain one; other quotes stay.
    What is not a text gives ``""``.  For names and places, not for notes: line ends become spaces.

    >>> clean("  Salma\\u00a0 BENNANI\\u200b ")
    'Salma BENNANI'
    >>> clean("L’Oréal"), clean("L\\x92Ore\\u0301al"), clean("« Chez ’Ali’ »"), clean(None)
    ("L'Oréal", "L'Oréal", '« Chez ’Ali’ »', '')
    """
    if not isinstance(text, str):
        return ""
    if len(text) > LONGEST:
        return text
    if not (text.isascii() and text.isprintable()):
        text = _JOINERS_RE.sub("", text.translate(_TABLE))
        text = unicodedata.normalize("NFC", text)
    return " ".join(_QUOTE_RE.sub("'", text).split())


def clean_lines(text):
    """Return a text without unseen signs, but with its lines: for notes and messages.

    >>> clean_lines("  Hello\\u200b,\\r\\n\\r\\n\\r\\n  we\\u202e need\\x00 this. ")
    'Hello,\\n\\n  we need this.'
    """
    if not isinstance(text, str):
        return ""
    lines = (line.translate(_TABLE).rstrip() for line in text.splitlines())
    text = unicodedata.normalize("NFC", "\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
