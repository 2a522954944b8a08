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
>>> [says(t) for t in ("Scan_ZoeQuillard2026.pdf", b"to zoe@Atlas.ma".hex(), b"+33612345678".hex())]
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
#: The same for what is long enough not to stand in numbers by chance.
_START_LONG, _END_LONG = rf"(?:{_START}|(?<=[0-9]))", r"(?![^\W\d_])"
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
#: What is shorter is not looked for inside of longer words.
FEWEST_GLUED = 10
#: Fewer letters of base64 stand by chance in the bytes of a picture, and fewer bytes in a number.
FEWEST_BASE64, FEWEST_HEX = 10, 6


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
    same = {letter.lower()[:1], letter.upper()[:1]}  # İ and ß have two letters in the other case
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
    yield "(?:=\r?\n)?".join(f"[=%]{byte:02x}" for byte in data)
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
    core, exact = _turned(parts, f"{_BETWEEN}{'*' if together else '+'}")
    start = _START_LONG if together and parts[0].isalpha() else _START
    end = _END_LONG if together and parts[-1].isalpha() else _END
    found = Expression((core,), f"{start}(?:{exact}){end}")
    return _or_encoded(parts[0], found) if len(parts) == 1 else found


def _turned(parts, between):
    """Return what finds words in this order and turned, for PostgreSQL and exactly."""
    orders = [parts, [*parts[1:], parts[0]], [parts[-1], *parts[:-1]]]
    exact = dict.fromkeys(between.join(map(_word, order)) for order in orders)
    core = dict.fromkeys(_word("".join(order), _ANY) for order in orders)
    return "|".join(core), "|".join(exact)


def of_email(address):
    """Return the expression of an e-mail address."""
    core, exact = _signs(address)
    found = Expression((core,), rf"{_START}{exact}(?![^\W_]|[-.][^\W_])")
    return _or_encoded(address.lower(), found)


def _signs(address):
    """Return what finds the signs of an address, for PostgreSQL and exactly."""
    signs = [c if c.isalnum() else _SIGNS.get(c, re.escape(c)) for c in address.lower()]
    mailbox, _at, domain = address.lower().rpartition("@")
    core = _ROUGH_AT.join(
        _ANY.join(c for c in part if c.isalnum()) for part in (mailbox, domain) if part
    )
    return core, _IN.join(signs)


def of_glued(text):
    """Return the expression of an address, or a name of several words, inside of longer words.

    Others may be called so: where nobody is, somebody has to look all the same.

    >>> bool(regex(of_glued("zoe@atlas.ma")).search("Mailzoe@atlas.maTel"))
    True
    >>> bool(regex(of_glued("Zoé Quillard")).search("dossierzoequillardv2")), of_glued("Zoé Qui")
    (True, None)
    """
    if "@" in text:
        core, exact = _signs(text)
        return Expression((core,), exact)
    parts = words(text)
    if len(parts) < 2 or sum(map(len, parts)) < FEWEST_GLUED:
        return None
    core, exact = _turned(parts, f"{_BETWEEN}*")
    return Expression((core,), f"(?:{exact})")


def _or_encoded(text, expression):
    """Return an expression that finds a text in base64, too, wherever it begins, and as hex.

    >>> found = regex(of_email("zoe@atlas.ma"))
    >>> all(found.search(base64.b64encode(b"a" * n + b"zoe@atlas.ma").decode()) for n in range(3))
    True
    """
    data, found = text.encode(), set()
    for before in range(3):
        bits = (before + len(data)) * 8
        code = base64.b64encode(bytes(before) + data).decode()[-(-before * 8 // 6) : bits // 6]
        found |= {re.escape(code)} if len(code) >= FEWEST_BASE64 else set()
    found |= {_hex(text)} if len(text) >= FEWEST_HEX else set()
    cores, exact = expression
    return Expression((*cores, *sorted(found)), "|".join([exact, *sorted(found)]))


def _hex(text):
    """Return the expression of a text whose bytes are written as pairs of hexadecimal digits.

    >>> all(re.search(_hex("Zoé"), text.encode(code).hex())
    ...     for text in ("zoé", "ZOÉ", "Zoe") for code in ("utf-8", "latin-1"))
    True
    """
    return "".join(map(_hex_of, unicodedata.normalize("NFC", text)))


def _hex_of(letter):
    base = unicodedata.normalize("NFD", letter)[0]
    same = {way for each in (letter, base) for way in (each.lower(), each.upper())}
    codes = {each.encode().hex() for each in same}
    codes |= {f"{ord(each):02x}" for each in same if len(each) == 1 and ord(each) < 256}
    return f"(?:{'|'.join(sorted(codes))})" if len(codes) > 1 else codes.pop()


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
    code = _hex(national)
    return Expression((_ANY.join(national), code), f"{start}{home}(?![0-9])|{code}")


def of_number(number):
    """Return the expression of a number of a bank account, a company, a tax office.

    >>> bool(regex(of_number("FR76 3000")).search("fr763000")), of_number("-")
    (True, None)
    """
    signs = [c for c in number.lower() if c.isalnum()]
    exact = rf"(?<![^\W_]){_IN_NUMBER.join(signs)}{_END}"
    return Expression((_ANY.join(signs),), exact) if signs else None


_OF = {
    "name": of_name,
    "word": of_name,
    "email": of_email,
    "phone": of_phone,
    "number": of_number,
    "glued": of_glued,
}


def of(spellings):
    """Return the expressions of spellings, each ``(kind, text)``."""
    return [found for kind, text in spellings if (found := _OF[kind](text))]


def joined(expressions):
    """Return one expression for PostgreSQL that finds all of them, and some more.

    >>> joined([of_number("123"), of_number("91234")]) == joined([of_number("123")])
    True
    """
    cores = {core for each in expressions for core in each.cores}
    short = [c for c in cores if not any(c != other and other in c for other in cores)]
    return "|".join(f"(?:{core})" for core in sorted(short))


def regex(*expressions):
    """Return one compiled expression that finds all of them, and nothing else."""
    exact = "|".join(f"(?:{each.exact})" for each in dict.fromkeys(expressions))
    return re.compile(exact, re.IGNORECASE)


def finder(expressions):
    """Return a function that tells whether a text holds one of them.

    Large files are ruled out at 70 MB a second: Python compares letters of one case six times as
    fast as it ignores the case.
    """
    rough, exact = re.compile(joined(expressions).lower()), regex(*expressions)
    return lambda text: bool(rough.search(text.lower()) and exact.search(text))
