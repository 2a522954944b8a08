r"""Regular expressions that find a person however they are written.

Letters match with and without accents, as HTML entities and as escapes of JSON, URLs and e-mails;
words with any blanks, tags or dots between them; numbers however they are grouped.

PostgreSQL gets one expression for all spellings, in words that Python reads alike.  It looks at no
borders of words, which would cost it ten times as much: Python looks at those of what it returns.

>>> found = regex(of_name("Zoé Quillard"), of_email("zoe@atlas.ma"), of_phone("+33612345678"))
>>> def says(text):
...     return bool(found.search(text))
>>> [says(t) for t in ("mr zoe quillard", "ZO\\u00c9\xa0QUILLARD", "Quillard, Zo&eacute;")]
[True, True, True]
>>> [says(t) for t in ("Zoé <b>Qui</b>llard", "zoe%40atlas.ma", "Zo=C3=A9=20Quillard")]
[True, True, True]
>>> [says(t) for t in ("06.12.34.56.78", "0033 6 12 34 56 78", "+33 (0)6 12345678")]
[True, True, True]
>>> [says(t) for t in ("Zoé", "Zoéquillard", "zoe@atlas.mail", "10612345678", "quill")]
[False, False, False, False, False]
"""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers

#: No letter or number before and after.
_START = r"(?:^|[\W_]|\\[nrtbf]|(?:%|=)[0-9a-f]{2})"
_END = r"(?![^\W_])"
#: What may stand inside a word: tags, and the soft end of a line of an e-mail.
_IN = "(?:<[^<>]*>|=\r?\n|[\u00ad\u200b])*"
_BETWEEN = (
    "(?:[\\s\u00a0\u202f.,;_+'’\"-]|<[^<>]*>|&nbsp;|&#160;|&#xa0;|\\\\[nrt]|\\\\u00a0|%20|=20"
    "|=c2=a0|=\r?\n)+"
)
_IN_NUMBER = "[\\s\u00a0\u202f./()-]*"
_ENTITY = "(?:acute|grave|circ|uml|cedil|tilde|ring|caron|slash);"
_ESCAPES = r"\\u[0-9a-f]{4}|(?:[=%][0-9a-f]{2})+|&#x?[0-9a-f]+;"
#: Marks that follow a letter: accents written apart, Arabic vowels.
_MARKS = "[\u0300-\u036f\u0640\u064b-\u0652]*"


class Expression(NamedTuple):
    """What finds one spelling: ``core`` for PostgreSQL, ``exact`` with its borders for Python."""

    core: str
    exact: str


def _accented():
    found = {}
    for number in range(0xC0, 0x180):
        base = unicodedata.normalize("NFD", chr(number))[0].lower()
        if base.isascii() and base.isalpha():
            found[base] = found.get(base, "") + chr(number)
    return found


_ACCENTED = _accented()


def _letter(letter):
    base = unicodedata.normalize("NFD", letter)[0].lower()
    if not base.isalnum():
        return re.escape(letter)
    if not base.isascii():
        return f"(?:{letter}{_MARKS}|{_ESCAPES})"
    if accented := _ACCENTED.get(base):
        escapes = "" if letter.isascii() else f"|{_ESCAPES}"
        return f"(?:[{base}{accented}]{_MARKS}|&{base}{_ENTITY}{escapes})"
    return base


def _word(word):
    return _IN.join(map(_letter, unicodedata.normalize("NFC", word)))


def words(name):
    """Return the words of a name.

    >>> words("Jean-Pierre  D’Alès (SARL)")
    ['Jean', 'Pierre', 'D', 'Alès', 'SARL']
    """
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name or ""))


def of_name(name):
    """Return the expression of a name, its words in this order and turned."""
    parts = [_word(word) for word in words(name)]
    if not parts:
        return None
    orders = [parts, [*parts[1:], parts[0]], [parts[-1], *parts[:-1]]]
    core = "|".join(dict.fromkeys(_BETWEEN.join(order) for order in orders))
    return Expression(core, f"{_START}(?:{core}){_END}")


def of_email(address):
    """Return the expression of an e-mail address."""
    at = r"(?:@|%40|=40|&#64;|&commat;|\\u0040)"
    plus = r"(?:\+|%2b|=2b)"
    spelt = "".join(
        at if c == "@" else plus if c == "+" else c if c.isalnum() else f"\\{c}"
        for c in address.lower()
    )
    return Expression(spelt, rf"{_START}{spelt}(?![^\W_]|[-.][^\W_])")


def of_phone(number):
    """Return the expression of a phone number in E.164, as written at home and from abroad."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return of_number(number)
    national = phonenumbers.national_significant_number(parsed)
    abroad = _IN_NUMBER.join((*str(parsed.country_code), r"(?:\(0\))?"))
    home = _IN_NUMBER.join(national)
    start = f"(?<![0-9])(?:(?:\\+|00)?{abroad}{_IN_NUMBER}|0{_IN_NUMBER})?"
    return Expression(home, f"{start}{home}(?![0-9])")


def of_number(number):
    """Return the expression of a number of a bank account, a company, a tax office.

    >>> bool(regex(of_number("FR76 3000")).search("fr763000")), of_number("-")
    (True, None)
    """
    core = _IN_NUMBER.join(c for c in number.lower() if c.isalnum())
    return Expression(core, rf"(?<![^\W_]){core}{_END}") if core else None


def joined(expressions):
    """Return one expression for PostgreSQL that finds all of them, and some more.

    >>> joined([of_number("123"), of_number("91234")]) == joined([of_number("123")])
    True
    """
    cores = {each.core for each in expressions}
    short = [c for c in cores if not any(c != other and other in c for other in cores)]
    return "|".join(f"(?:{core})" for core in sorted(short))


def regex(*expressions):
    """Return one compiled expression that finds all of them, and nothing else."""
    exact = "|".join(f"(?:{each.exact})" for each in dict.fromkeys(expressions))
    return re.compile(exact, re.IGNORECASE)


def finder(expressions):
    """Return a function that tells whether a text holds one of them."""
    rough, exact = re.compile(joined(expressions), re.IGNORECASE), regex(*expressions)
    return lambda text: bool(rough.search(text) and exact.search(text))
