"""Accents that a wrong encoding broke: "HÃ©lÃ¨ne" was read as Windows-1252, and is "Hélène"."""

import html
import re


def _bytes_of(encoding):
    """Return the byte behind each sign of an encoding, also those that it leaves undefined."""
    return {bytes([byte]).decode(encoding, "ignore") or chr(byte): byte for byte in range(128, 256)}


def _sign(table, *spans):
    """Return a class of the signs whose bytes lie in these spans."""
    signs = "".join(c for c, byte in table.items() if any(a <= byte <= b for a, b in spans))
    return f"[{re.escape(signs)}]"


def _broken(encoding, *, most=False):
    """Return what UTF-8 read in an encoding looks like, and the bytes of its signs.

    Accented letters; of Windows-1252, by far the commonest, also ligatures, typographic signs
    and words in Greek, Cyrillic or Arabic.
    """
    table = _bytes_of(encoding)
    after = _sign(table, (0x80, 0xBF))
    signs = f"{_sign(table, (0xC2, 0xC2))}{_sign(table, (0xA0, 0xBF))}"
    latin = f"{signs}|{_sign(table, (0xC3, 0xC5) if most else (0xC3, 0xC3))}{after}"
    if not most:
        return re.compile(latin), table
    quotes = f"{_sign(table, (0xE2, 0xE2))}{_sign(table, (0x80, 0x80))}{after}"
    script = _sign(table, (0xCE, 0xD1), (0xD8, 0xDB))
    words = f"(?=[^\\W_]*[^\\w\\s])(?:{script}{after}){{2,}}"  # not of letters alone
    return re.compile(f"{quotes}|{latin}|{words}"), table


_WAYS = (_broken("cp1252", most=True), _broken("mac_roman"), _broken("cp850"))
_ENTITY_RE = re.compile(r"&#?\w{2,8};")
#: No text without one of these is broken.
_FIRST_RE = re.compile("[Â-ÅÎ-ÑØ-Ûãâ√¬├┬]")
#: The same in small letters: no word has such a sign after an "ã" or "â".
_LOWER_RE = re.compile("([ãâ])([¡-¿])")
_LOWER = {"ã": "Ã", "â": "Â"}


def repair(text):
    """Return ``text`` with its accents; what no wrong encoding explains stays as it is.

    >>> repair("HÃ©lÃ¨ne Lâ€™HÃ´te"), repair("Ren√© Andr├®"), repair("&Eacute;lise")
    ('Hélène L’Hôte', 'René André', 'Élise')
    >>> repair("JOÃO"), repair("São Luís"), repair("AT&T; &parade Où")
    ('JOÃO', 'São Luís', 'AT&T; &parade Où')
    """
    if "&" in text:
        text = _ENTITY_RE.sub(lambda match: html.unescape(match[0]), text)
    if text.isascii() or not _FIRST_RE.search(text):
        return text
    for _time in range(2):  # a file that was read wrong, saved and read wrong again
        for pattern, table in _WAYS:
            text = pattern.sub(lambda match, table=table: _decoded(match[0], table), text)
    return _LOWER_RE.sub(lambda match: _decoded(_LOWER[match[1]] + match[2], _WAYS[0][1]), text)


def _decoded(signs, table):
    try:
        return bytes(table[sign] for sign in signs).decode()
    except (KeyError, UnicodeDecodeError):
        return signs
