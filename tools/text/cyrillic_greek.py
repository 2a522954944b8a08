"""Greek and Cyrillic names in Latin letters, as passports and people abroad write them."""

import re

_CYRILLIC = dict(zip(
    "абвгґдеєёжзиіїйјклљмнњопрстћуўфхцчџшщъыьэюяђѓќѕ",
    "a b v g g d e ye e zh z i i yi y j k l lj m n nj o p r s t c u u f kh ts ch dz sh shch _ y _"
    " e yu ya dj gj kj dz".split(),
    strict=True,
))  # fmt: skip
_CYRILLIC_TABLE = str.maketrans({sign: text.strip("_") for sign, text in _CYRILLIC.items()})
_CYRILLIC_RE = re.compile("[\u0400-\u04ff]")

#: After ELOT 743; two letters that are one sound go first.
_GREEK_PAIRS = (
    (re.compile(r"(?<![\u0370-\u03ff])μπ"), "b"), (re.compile(r"(?<![\u0370-\u03ff])ντ"), "d"),
    (re.compile("μπ"), "mp"), (re.compile("ου"), "ou"), (re.compile("γγ"), "ng"),
    (re.compile("γχ"), "nch"), (re.compile("γξ"), "nx"),
    (re.compile("(?<=[αεη])υ(?=[αεηιουωβγδζλμνρ])"), "v"), (re.compile("(?<=[αεη])υ"), "f"),
)  # fmt: skip
_GREEK = dict(zip(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
    strict=True,
))  # fmt: skip
_GREEK_TABLE = str.maketrans(_GREEK)
_GREEK_RE = re.compile("[\u0370-\u03ff]")


def from_cyrillic(text):
    """Return ``text``, in small letters, with its Cyrillic ones in Latin.

    >>> from_cyrillic("юлия щербакова"), from_cyrillic("николай ђоковић")
    ('yuliya shcherbakova', 'nikolay djokovic')
    """
    return text.translate(_CYRILLIC_TABLE) if _CYRILLIC_RE.search(text) else text


def from_greek(text):
    """Return ``text``, in small letters without accents, with its Greek ones in Latin.

    >>> from_greek("γιωργος παπαδοπουλος"), from_greek("ευαγγελια ντινα")
    ('giorgos papadopoulos', 'evangelia dina')
    """
    if not _GREEK_RE.search(text):
        return text
    for pattern, latin in _GREEK_PAIRS:
        text = pattern.sub(latin, text)
    return text.translate(_GREEK_TABLE)
