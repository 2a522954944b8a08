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
>>> [says(t) for t in ("ZoeQuillard.jpg", "zoe+x@atlas.ma", "06&nbsp;12&nbsp;34&nbsp;56&nbsp;78")]
[True, True, True]
>>> [says(t) for t in ("Zoé", "Zoéquillarde", "zoe@atlas.mail", "10612345678", "quill")]
[False, False, False, False, False]
"""

import base64
import re
import unicodedata
from html.entities import codepoint2name
from typing import NamedTuple

import phonenumbers

#: No letter or number before and after.
_START = r"(?:^|[\W_]|\\[nrtbf]|(?:%|=)[0-9a-f]{2})"
_END = r"(?![^\W_])"
_TAG = "<[^<>]*>"
#: What may stand inside a word: tags, what nobody sees, the end of a line of an e-mail or a card.
_IN = (
    f"(?:{_TAG}|=\r?\n|\r?\n[ \t]|[\u00ad\u200b-\u200d\u2060\ufeff]"
    "|&(?:shy|zwn?j|#173|#8203|#x200b);|\\\\u(?:00ad|200[bcd]))*"
)
#: A blank as HTML, JSON, URLs and e-mails write it.
_BLANK = (
    "&(?:nbsp|ensp|emsp|thinsp|#160|#8239|#xa0|#x202f);|\\\\[nrt]|\\\\u(?:00a0|202f|2009|2011)"
    "|%20|=20|%c2%a0|=c2=a0|=\r?\n"
)
_BETWEEN = f"(?:[\\s\u00a0\u202f.,;_+'’\"()/|-]|{_TAG}|{_BLANK}|&(?:amp;)?)"
_IN_NUMBER = f"(?:[\\s\u00a0\u202f./()·•\u2010-\u2015-]|{_TAG}|{_BLANK})*"
_ENTITY = "(?:acute|grave|circ|uml|cedil|tilde|ring|caron|slash);"
#: Marks that follow a letter: accents written apart, Arabic vowels.
_MARKS = "[\u0300-\u036f\u0640\u064b-\u0652]*"
#: What PostgreSQL takes for the inside of words and numbers: some more, in few states, since it is
#: they that make it slow.  No letters, of any script.
_ANY = (
    "(?:[^a-z0-9<\u00c0-\u02ff\u0370-\u063f\u0641-\u064a\u0653-\u1fff\u2c00-\ufdff]"
    f"|{_TAG}|&[^;]*;|\\\\[nrtu][0-9a-f]*|[=%][0-9a-f]*)*"
)
#: Letters that are written one for the other; what is written without a letter that few keys have.
_ALIKE = ("اٱ", "يیى", "كک", "هة")
_WITHOUT = {"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
#: How systems and people write the signs of an address; what follows a + is the same mailbox.
_SIGNS = {
    ".": r"(?:\.|%2e|=2e|&#46;|&period;)",
    "+": r"(?:\+|%2b|=2b|&#43;|&plus;)",
    "@": r"(?:(?:\+|%2b|=2b)[\w.-]+)?\s*(?:@|%40|=40|&#64;|&#x40;|&commat;|\\u0040"
    r"|[(\[](?:at|a|arobase)[)\]])\s*",
}
_ROUGH_AT = rf"{_ANY}(?:(?:\+|[%=]2b)[\w.-]+|[(\[](?:at|a|arobase)[)\]])?{_ANY}"
#: Names of so few letters are not looked for without a blank between them.
FEWEST_TOGETHER = 8
#: Fewer letters of base64 stand by chance in the bytes of a picture.
FEWEST_BASE64 = 10


class Expression(NamedTuple):
    """What finds one spelling: ``cores`` for PostgreSQL, which find some more, and ``exact``."""

    cores: tuple
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
    accented = _ACCENTED.get(base)
    if base.isascii() and not accented:
        return base
    alike = accented or next((letters for letters in _ALIKE if base in letters), "")
    same = {letter.lower(), letter.upper()[:1]}
    found = [f"[{''.join(sorted({*alike, base, base.upper(), *same}))}]{_MARKS}"]
    found += [f"&{base}{_ENTITY}"] if accented else []
    found += [_WITHOUT[base]] if base in _WITHOUT else []
    found += [] if letter.isascii() else sorted({way for each in same for way in _escaped(each)})
    return f"(?:{'|'.join(found)})"


def _escaped(letter):
    """Yield how a letter that is no ASCII stands in JSON, URLs, e-mails, HTML, RTF and PDF, and
    what it looks like where its encoding was taken for another one."""
    number, data = ord(letter), letter.encode()
    yield rf"\\u{number:04x}"
    yield f"&#(?:{number}|x0*{number:x});"
    yield "".join(f"[=%]{byte:02x}" for byte in data)
    yield re.escape(data.decode("latin-1"))
    if name := codepoint2name.get(number):
        yield f"&{name};"
    if number < 256:
        yield rf"(?:[=%]|\\['x]){number:02x}|\\{number:03o}"


def _word(word, between=_IN):
    return between.join(map(_letter, unicodedata.normalize("NFC", word)))


def words(name):
    """Return the words of a name.

    >>> words("Jean-Pierre  D’Alès (SARL)")
    ['Jean', 'Pierre', 'D', 'Alès', 'SARL']
    """
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name or ""))


def of_name(name):
    """Return the expression of a name, its words in this order and turned."""
    parts = words(name)
    if not parts:
        return None
    together = sum(map(len, parts)) >= FEWEST_TOGETHER
    between = f"{_BETWEEN}{'*' if together else '+'}"
    turned = [parts, [*parts[1:], parts[0]], [parts[-1], *parts[:-1]]]
    exact = dict.fromkeys(between.join(map(_word, order)) for order in turned)
    core = dict.fromkeys(_word("".join(order), _ANY) for order in turned)
    found = Expression(("|".join(core),), f"{_START}(?:{'|'.join(exact)}){_END}")
    return _or_base64(name, found) if len(parts) == 1 else found


def of_email(address):
    """Return the expression of an e-mail address."""
    signs = [c if c.isalnum() else _SIGNS.get(c, re.escape(c)) for c in address.lower()]
    exact = rf"{_START}{_IN.join(signs)}(?![^\W_]|[-.][^\W_])"
    mailbox, _at, domain = address.lower().rpartition("@")
    core = _ROUGH_AT.join(
        _ANY.join(c for c in part if c.isalnum()) for part in (mailbox, domain) if part
    )
    return _or_base64(address.lower(), Expression((core,), exact))


def _or_base64(text, expression):
    """Return an expression that finds a text in base64, too, wherever it begins in there.

    >>> found = regex(of_email("zoe@atlas.ma"))
    >>> all(found.search(base64.b64encode(b"a" * n + b"zoe@atlas.ma").decode()) for n in range(3))
    True
    """
    data, found = text.encode(), set()
    for before in range(3):
        bits = (before + len(data)) * 8
        code = base64.b64encode(bytes(before) + data).decode()[-(-before * 8 // 6) : bits // 6]
        found |= {re.escape(code)} if len(code) >= FEWEST_BASE64 else set()
    cores, exact = expression
    return Expression((*cores, *sorted(found)), "|".join([exact, *sorted(found)]))


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
    return Expression((_ANY.join(national),), f"{start}{home}(?![0-9])")


def of_number(number):
    """Return the expression of a number of a bank account, a company, a tax office.

    >>> bool(regex(of_number("FR76 3000")).search("fr763000")), of_number("-")
    (True, None)
    """
    signs = [c for c in number.lower() if c.isalnum()]
    exact = rf"(?<![^\W_]){_IN_NUMBER.join(signs)}{_END}"
    return Expression((_ANY.join(signs),), exact) if signs else None


def joined(expressions):
    """Return one expression for PostgreSQL that finds all of them, and some more.

    >>> joined([of_number("123"), of_number("91234")]) == joined([of_number("123")])
    True
    """
    cores = {core for each in expressions for core in each.cores}
    short = [c for c in cores if not any(c != other and other in c for other in cores)]
    return "|".join(f"(?:{core})" for core in sorted(short))


def regex(*expressions):
    """Return one compiled expression that finds all of them, and nothing else.

    >>> regex().search("Whoever has no name is found nowhere")
    """
    exact = "|".join(f"(?:{each.exact})" for each in dict.fromkeys(expressions))
    return re.compile(exact or "(?!)", re.IGNORECASE)  # nothing is found nowhere


def finder(expressions):
    """Return a function that tells whether a text holds one of them."""
    rough, exact = re.compile(joined(expressions), re.IGNORECASE), regex(*expressions)
    return lambda text: bool(rough.search(text) and exact.search(text))
