"""How letters are written: with and without accents, by machines, in other alphabets."""

import re
import string
import unicodedata
from html.entities import codepoint2name

TAG = "<[^<>]*>"
#: What nobody sees: soft hyphens, joiners, marks of direction, variants.
UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
#: An entity of HTML, a byte of a URL or an e-mail, a sign of JSON: some were escaped twice.
AMP, BYTE, SIGN = "&(?:amp;)*", "[=%](?:25)*", r"\\+u"
#: What may stand inside a word: tags, what nobody sees, the end of a line.
IN = (
    f"(?:{TAG}|=\r?\n|\r?\n[ \t]|[{UNSEEN}]|[-\u2010\u2011][ \t]*\r?\n\\s*"
    f"|{AMP}(?:shy|zwn?j|lrm|rlm|zerowidthspace|#0*(?:173|820[3-7])|#x0*(?:ad|200[b-f]));"
    f"|{SIGN}(?:00ad|200[b-f]))*"
)
_ENTITY = "(?:acute|grave|circ|uml|cedil|tilde|ring|caron|slash);"
#: Marks that follow a letter: accents written apart, Arabic vowels.
_MARKS = "[\u0300-\u036f\u0640\u064b-\u0652]*"
#: What PostgreSQL takes for the inside of words and numbers: some more, in few states, since it is
#: they that make it slow.  No letters, of any script; and each sign is taken in one way alone, or
#: a row of them (=====) would take Python for ever.
ANY = (
    "(?:[^a-z0-9<&=%\u00c0-\u02ff\u0370-\u063f\u0641-\u064a\u0653-\u180d\u180f-\u1fff\u2c00-\ufdff]"
    f"|{TAG}|&(?:(?:amp;)*#?[a-z0-9]+;)?|\\\\[nrtu][0-9a-f]*|[=%][0-9a-f]*)*"
)
#: Letters that are written one for the other; what is written without a letter that few keys have.
_ALIKE = ("اٱ", "يیى", "كک", "هة")
_WITHOUT = {"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
_WITHOUT |= {"ä": "ae", "ö": "oe", "ü": "ue"}
#: Letters of other alphabets that look like ours.
_LOOKS = {
    **{"a": "аα", "b": "вβ", "c": "сϲ", "e": "еε", "h": "һн", "i": "іι", "j": "ј", "k": "кκ"},
    **{"m": "м", "n": "ν", "o": "оο", "p": "рρ", "s": "ѕ", "t": "тτ", "u": "υ", "v": "ν"},
    **{"x": "хχ", "y": "уγ"},
}


def _accented():
    found = {}
    for number in range(0xC0, 0x180):
        base = unicodedata.normalize("NFD", chr(number))[0].lower()
        base = _WITHOUT.get(base, base)
        if base.isascii() and base.isalpha() and len(base) == 1:
            found[base] = found.get(base, "") + chr(number)
    return found


_ACCENTED = _accented()


def _lookalikes(sign):
    """Return the letters and digits of all alphabets that look like one of ours."""
    looks = _LOOKS.get(sign, "")
    if sign.isdigit():
        return "".join(chr(zero + int(sign)) for zero in (0x30, 0x660, 0x6F0, 0xFF10))
    wide = ord(sign.upper()) + 0xFEE0, ord(sign) + 0xFEE0
    return "".join({sign, sign.upper(), *map(chr, wide), *looks, *looks.upper()})


def of_sign(sign, between=IN):
    """Return the expression of a letter or digit without its accents, whatever it is typed with."""
    if not sign.isascii():
        return sign
    found = f"[{''.join(sorted(_lookalikes(sign)))}]"
    return f"(?:{found}|{_as_entity(sign, sign.upper())})" if between == IN else found


def _as_entity(*letters):
    numbers = {ord(letter) for letter in letters}
    return f"{AMP}#(?:{'|'.join(f'0*{n}|x0*{n:x}' for n in sorted(numbers))});"


def _letter(letter, between=IN):
    base = unicodedata.normalize("NFD", letter)[0].lower()
    if not base.isalnum():
        return re.escape(letter)
    accented = _ACCENTED.get(base)
    if base.isascii() and not accented:
        return of_sign(base, between)
    alike = accented or next((letters for letters in _ALIKE if base in letters), "")
    alike += _lookalikes(base) if base.isascii() else ""
    small = letter.lower()[:1]  # İ has two of them
    same = {small, letter.upper()[:1]}
    found = [f"[{''.join(sorted({*alike, base, base.upper(), *same}))}]{_MARKS}"]
    found += [f"{AMP}{base}{_ENTITY}"] if accented else []
    found += [_as_entity(base, base.upper())] if base.isascii() and between == IN else []
    found += [_WITHOUT[small]] if small in _WITHOUT else []
    found += [] if letter.isascii() else [_itself(letter)]
    return f"(?:{'|'.join(found)})"


def _escaped(letter):
    """Yield how a letter that is no ASCII stands in JSON, URLs, e-mails, HTML, RTF and PDF, and
    what it looks like where its encoding was taken for another one."""
    number, data = ord(letter), letter.encode()
    yield rf"{SIGN}(?:{number:04x}|\{{0*{number:x}\}})"
    yield _as_entity(letter)
    yield "(?:=\r?\n)?".join(f"{BYTE}{byte:02x}" for byte in data)
    yield re.escape(data.decode("latin-1"))
    if name := codepoint2name.get(number):
        yield f"{AMP}{name};"
    if number < 256:
        yield rf"(?:{BYTE}|\\['x]){number:02x}|\\{number:03o}"


def _itself(letter):
    """Return the expression of a letter that is no ASCII, and of nothing that is alike."""
    same = {letter, letter.lower()[:1], letter.upper()[:1]} - {*string.ascii_letters}
    escaped = sorted({way for each in same for way in _escaped(each)})
    return "|".join([f"[{''.join(sorted(same))}]", *escaped])


def word(text, between=IN):
    """Return the expression of a word, however people or machines write its letters.

    :param between: the expression of what may stand inside of it
    """
    text = unicodedata.normalize("NFC", text)
    letters, at = [], 0
    while at < len(text):
        pair = text[at : at + 2]
        together = [sign for sign, plain in _WITHOUT.items() if plain == pair.lower()]
        one = between.join(_letter(each, between) for each in (pair if together else text[at]))
        letters.append(f"(?:{'|'.join([one, *map(_itself, together)])})" if together else one)
        at += len(pair) if together else 1
    return between.join(letters)


def typed(text):
    """Return the expression of a word as people type it, with or without accents.

    PostgreSQL looks at names with it in a thirtieth of the time that :func:`word` takes.

    >>> bool(re.fullmatch(typed("Zoe"), "ZOÉ", re.IGNORECASE))
    True
    """
    return "".join(f"[{''.join(sorted(_typed(letter)))}]{_MARKS}" for letter in text)


def _typed(letter):
    base = unicodedata.normalize("NFD", letter)[0].lower()
    alike = _ACCENTED.get(base, "") + _lookalikes(base) if base.isascii() else ""
    return {letter, letter.lower()[:1], letter.upper()[:1], *alike}


def words(name):
    """Return the words of a name.

    >>> words("Jean-Pierre  D’Alès (SARL)")
    ['Jean', 'Pierre', 'D', 'Alès', 'SARL']
    >>> words("مُحَمَّد") == ["محمد"], words("प्रिया") == ["प्रिया"]
    (True, True)
    """
    letters = re.sub(_MARKS, "", unicodedata.normalize("NFC", name or ""))
    return "".join(c if _is_in_word(c) else " " for c in letters).split()


def _is_in_word(sign):
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"  # vowels of India, tones of Asia
