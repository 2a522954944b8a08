"""The foldings of text that the rest builds on: without accents, sign for sign, or letters only.

What a tool drops besides (titles, legal forms, punctuation) stays with that tool.
"""

import unicodedata
from functools import lru_cache


def without_accents(text):
    """Return ``text`` without accents and other marks; the case stays.

    A sign that stands for several becomes these, so that the length may change.

    >>> without_accents("Éléonore à Aÿ, ﬁn")
    'Eleonore a Ay, fin'
    """
    text = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def sign_for_sign(text):
    """Return ``text`` in lower case and without accents, as long as before.

    For what is looked for in the folded text and shown in the one that was typed.

    >>> sign_for_sign("Intérêt légitime, ŒUVRE")
    'interet legitime, œuvre'
    """
    return "".join(map(_base, text))


def letters(text):
    """Return the letters and digits of ``text`` and nothing else, without accents or case.

    >>> letters("Côte d'Ivoire"), letters("SAINT-LUCIA")
    ('cotedivoire', 'saintlucia')
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))


@lru_cache(maxsize=1024)
def ascii_sign(sign):
    """Return ``sign`` as ASCII has it if it is a digit or a wide one; nothing if nobody sees it.

    >>> [ascii_sign(sign) for sign in "٧＋é"]
    ['7', '+', 'é']
    """
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if unicodedata.east_asian_width(sign) == "F":
        return unicodedata.normalize("NFKC", sign)
    return "" if category == "Cf" else sign


def _base(sign):
    base = unicodedata.normalize("NFD", sign)[0].lower()
    return base if len(base) == 1 else sign
