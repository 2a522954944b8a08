"""The text of a phone number as people type it: label, number, extension and comment."""

import re

from ..text.fold import ascii_sign

_LETTER = r"[^\W\d_]"
_NOISE_RE = re.compile(r"[^\w\s+()/#,;:.&|-]|_")
_START_RE = re.compile(r"\+[^\w+]*\d|\d")
# "Tél. 2 :", whose digit belongs to no number
_LABEL_RE = re.compile(rf"[^\d+]*{_LETTER}[\s.]*\(?\d\)?\s*:")
# "bureau", "(9h-17h)", "24h/24", "; 01 42 68 53 00"
_COMMENT_RE = re.compile(rf"\([^()]*{_LETTER}|(?<=\s)\d{{1,2}}{_LETTER}|{_LETTER}|;|,\s")
_EXTENSION_RE = re.compile(
    r"(?<=\d)[\s,;:.()/-]*(?:poste?|ext(?:ension|n)?|int(?:erne)?|toestel|p|x|#|,,)"
    r"[\s:.-]*(\d{1,7})(?![\s.-]*\d)",
    re.IGNORECASE,
)
_ANOTHER_RE = re.compile(r"\d(?:[\s./()-]*\d){5}")
# "01 42 68 53 00/01", where only the end of a second number is written
_OTHER_END_RE = re.compile(r"\s*[/;,|&]\s*\d")
# "7O", "1-800-FLOWERS", "12 rue de la Paix, 75002 Paris"
_MIXED_RE = re.compile(rf"\d-?{_LETTER}|{_LETTER}.*\d", re.DOTALL)


def clean(text):
    """Return ``text`` in ASCII digits and punctuation, without signs that nobody sees."""
    return _NOISE_RE.sub(" ", text if text.isascii() else "".join(map(ascii_sign, text)))


def split(text):
    """Return the number in a text, its extension and what follows; labels are dropped.

    >>> split("Mobile: 06 12 34 56 78 (bureau)"), split("Tel 2: 0142685300 x12, Ada")
    (('06 12 34 56 78 ', '', '(bureau)'), ('0142685300', '12', ', Ada'))
    """
    label = _LABEL_RE.match(text)
    start = _START_RE.search(text, label.end() if label else 0)
    if not start:
        return "", "", text
    extension = _EXTENSION_RE.search(text, start.start())
    end = extension.start() if extension else len(text)
    if comment := _COMMENT_RE.search(text, start.start(), end):
        return text[start.start() : comment.start()], "", text[comment.start() :]
    if extension:
        return text[start.start() : end], extension[1], text[extension.end() :]
    return text[start.start() :], "", ""


def is_beside_another(before, rest):
    """Tell whether the texts around a number hold another one, or the end of another.

    >>> is_beside_another("", "/01"), is_beside_another("0142685300 ou ", "(bureau)")
    (True, True)
    >>> is_beside_another("Tel ", "(9h-17h)")
    False
    """
    return bool(_ANOTHER_RE.search(before) or _ANOTHER_RE.search(rest) or _OTHER_END_RE.match(rest))


def is_mixed(text):
    """Tell whether letters stand among the digits of ``text``: it is no number.

    >>> is_mixed("7O"), is_mixed("12 rue de la Paix, 75002 Paris"), is_mixed("(bureau)")
    (True, True, False)
    """
    return bool(_MIXED_RE.search(text))
