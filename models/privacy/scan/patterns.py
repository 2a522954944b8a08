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
from typing import NamedTuple

import phonenumbers

from .letters import AMP, ANY, BYTE, IN, SIGN, TAG, UNSEEN, of_sign, word, words

#: No name or address that somebody has is longer.
LONGEST = 128

#: No letter or number before and after.
_START = r"(?:^|[\W_]|\\[nrtbf]|(?:%|=)[0-9a-f]{2})"
_END = r"(?![^\W_])"
#: The same for what is long enough not to stand in numbers by chance.
_START_LONG, _END_LONG = rf"(?:{_START}|(?<=[0-9]))", r"(?![^\W\d_])"
#: A blank as HTML, JSON, URLs and e-mails write it.
_BLANK = (
    f"{AMP}(?:nbsp|ensp|emsp|thinsp|#0*(?:32|160|8239)|#x0*(?:20|a0|202f));"
    rf"|\\+[nrt]|{SIGN}(?:0020|00a0|202f|2009|2011)|{BYTE}20|%c2%a0|=c2=a0|=\r?\n"
)
_BETWEEN = f"(?:[\\s{UNSEEN}.,;_+'’\"()/|-]|{TAG}|{_BLANK}|&(?:amp;)?)"
_IN_NUMBER = f"(?:[\\s{UNSEEN}./()·•_,:*+\u2010-\u2015-]|{TAG}|{_BLANK})*"
#: Text of which each letter is an entity, which only Python reads.
_ENTITIES = "(?:&#x?[0-9a-f]+;){5}"
#: How systems and people write the signs of an address; what follows a + is the same mailbox.
_SIGNS = {
    ".": rf"(?:\.|{BYTE}2e|{AMP}(?:#0*46|#x0*2e|period);"
    r"|\s*[(\[{]\s*(?:dot|point)\s*[)\]}]\s*|\s+(?:dot|point)\s+)",
    "+": rf"(?:\+|{BYTE}2b|{AMP}(?:#0*43|#x0*2b|plus);)",
    "@": rf"\"?(?:(?:\+|{BYTE}2b)[\w.-]+)?\s*(?:[@＠]|{BYTE}40|{AMP}(?:#0*64|#x0*40|commat);"
    rf"|{SIGN}0040|=(?:3d)?|[(\[{{]\s*(?:at|a|arobase)\s*[)\]}}]|\s(?:at|arobase)\s)\s*",
}
#: In cores without capitals: Python looks for them in small letters.
_ROUGH_DOT = rf"{ANY}(?:[^\w](?:dot|point)[^\w])?{ANY}"
_ROUGH_AT = rf"{ANY}(?:(?:\+|{BYTE}2b)[\w.-]+|[^\w](?:at|a|arobase)[^\w])?{ANY}"
#: Names of so few letters are not looked for without a blank between them.
FEWEST_TOGETHER = 8
#: What is shorter is not looked for inside of longer words.
FEWEST_GLUED = 10
#: Fewer letters of base64 stand by chance in the bytes of a picture, and fewer bytes in a number.
FEWEST_BASE64, FEWEST_HEX = 10, 6
#: Letters before and after what a core has found, in which tags and escapes may stand.
AROUND = 1000

#: A core that is a plain text: base64.
_CODE = re.compile(r"(?:[A-Za-z0-9/=]|\\.)+")


class Expression(NamedTuple):
    """What finds one spelling: ``cores`` for PostgreSQL, which find some more, and ``exact``."""

    cores: tuple
    exact: str


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
    return _or_encoded({" ".join(parts)}, found)


def _turned(parts, between):
    """Return what finds words in this order and turned, for PostgreSQL and exactly."""
    orders = [parts, [*parts[1:], parts[0]], [parts[-1], *parts[:-1]]]
    exact = dict.fromkeys(between.join(map(word, order)) for order in orders)
    core = dict.fromkeys(word("".join(order), ANY) for order in orders)
    return "|".join(core), "|".join(exact)


def of_email(address):
    """Return the expression of an e-mail address."""
    core, exact = _signs(address)
    found = Expression((core,), rf"{_START}{exact}(?![^\W_]|[-.][^\W_])")
    return _or_encoded({address}, found)


def _signs(address):
    """Return what finds the signs of an address, for PostgreSQL and exactly."""
    signs = [of_sign(c) if c.isalnum() else _SIGNS.get(c, re.escape(c)) for c in address.lower()]
    mailbox, _at, domain = address.lower().rpartition("@")
    core = _ROUGH_AT.join(map(_rough, filter(None, (mailbox, domain))))
    return core, IN.join(signs)


def _rough(part):
    """Return what finds one side of an address, for PostgreSQL."""
    pieces = [[of_sign(c, ANY) for c in piece if c.isalnum()] for piece in part.split(".")]
    return _ROUGH_DOT.join(ANY.join(piece) for piece in pieces if piece)


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


def of_initial(text):
    """Return the expression of a family name with an initial, which has its dot.

    >>> found = regex(of_initial("Z Quillard"))
    >>> [bool(found.search(t)) for t in ("Z. Quillard", "QUILLARD Z.", "Z Quillard", "T. Quillard")]
    [True, True, False, False]
    """
    initial, *rest = words(text)
    letter, name = word(initial), f"{_BETWEEN}*".join(map(word, rest))
    exact = rf"{_START}(?:{letter}\.{_BETWEEN}*{name}{_END}|{name}{_BETWEEN}+{letter}\.)"
    cores = [word("".join(order), ANY) for order in ([initial, *rest], [*rest, initial])]
    return Expression(tuple(cores), exact)


def _or_encoded(texts, expression):
    """Return an expression that finds texts in base64, too, wherever they begin, and as hex.

    >>> found = regex(of_email("zoe@atlas.ma"))
    >>> all(found.search(base64.b64encode(b"a" * n + b"Zoe@Atlas.ma".upper()).decode())
    ...     for n in range(3))
    True
    """
    hexes = {_hex(text) for text in texts if len(text) >= FEWEST_HEX}
    typed, codes = {way for text in texts for way in (text, text.upper())}, set()
    for data in (text.encode() for text in typed):
        for before in range(3):
            bits = (before + len(data)) * 8
            code = base64.b64encode(bytes(before) + data).decode()[-(-before * 8 // 6) : bits // 6]
            codes |= {code} if len(code) >= FEWEST_BASE64 else set()
    cores, exact = expression
    found = sorted({*map(re.escape, codes), *hexes})  # each of them costs PostgreSQL something
    return Expression((*cores, *found), "|".join([exact, *found]))


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
    abroad = _IN_NUMBER.join((*map(of_sign, str(parsed.country_code)), r"(?:\(0\))?"))
    home = _IN_NUMBER.join(map(of_sign, national))
    zero = of_sign("0")
    start = f"(?<![0-9])(?:(?:\\+|{zero}{zero})?{abroad}{_IN_NUMBER}|{zero}{_IN_NUMBER})?"
    core = ANY.join(of_sign(digit, ANY) for digit in national)
    found = Expression((core, _hex(national)), f"{start}{home}(?![0-9])|{_hex(national)}")
    return _or_encoded({number, f"0{national}"}, found)


def of_number(number):
    """Return the expression of a number of a bank account, a company, a tax office.

    >>> bool(regex(of_number("FR76 3000")).search("fr763000")), of_number("-")
    (True, None)
    """
    signs = [c for c in number.lower() if c.isalnum()]
    exact = rf"(?<![^\W_]){_IN_NUMBER.join(map(of_sign, signs))}{_END}"
    core = ANY.join(of_sign(sign, ANY) for sign in signs)
    return Expression((core,), exact) if signs else None


_OF = {
    "name": of_name,
    "word": of_name,
    "email": of_email,
    "phone": of_phone,
    "number": of_number,
    "glued": of_glued,
    "initial": of_initial,
}


def of(spellings):
    """Return the expressions of spellings, each ``(kind, text)``."""
    found = (
        _OF[kind](text) if len(text) <= LONGEST else _of_beginning(text) for kind, text in spellings
    )
    return [each for each in found if each]


def _of_beginning(text):
    """Return the expression of the beginning of a text that is too long for a name.

    Of all of it the expression would take minutes to compile.

    >>> bool(regex(*of([("name", "Zoé " * 500)])).search("ZOE-" * 500)), of([("name", "." * 500)])
    (True, [])
    """
    parts = words(text[:LONGEST])
    exact = f"{_BETWEEN}*".join(map(word, parts))
    return Expression((word("".join(parts), ANY),), f"(?:{exact})") if parts else None


def _cores(expressions):
    """Return their cores, without those that hold another one."""
    cores = {core for each in expressions for core in each.cores} | {_ENTITIES}
    return sorted(c for c in cores if not any(c != other and other in c for other in cores))


def joined(expressions):
    """Return one expression for PostgreSQL that finds all of them, and some more.

    >>> joined([of_number("123"), of_number("91234")]) == joined([of_number("123")])
    True
    """
    return "|".join(f"(?:{core})" for core in _cores(expressions))


def regex(*expressions):
    """Return one compiled expression that finds all of them, and nothing else.

    >>> regex().search("Whoever has no name is found nowhere")
    """
    exact = "|".join(f"(?:{each.exact})" for each in dict.fromkeys(expressions))
    return re.compile(exact or "(?!)", re.IGNORECASE)  # nothing is found nowhere


def finder(expressions):
    """Return a function that tells whether a text holds one of them.

    Large files are ruled out at 20 MB a second: one core after the other, and letters of one case,
    take Python a seventh of the time of all at once, whatever their case; the exact expressions,
    at 1 MB a second, look only around what a core has found.
    """
    cores = _cores(expressions)
    plain = {core for core in cores if _CODE.fullmatch(core) and core != core.lower()}
    codes = [core.replace("\\", "") for core in plain]
    rough = [re.compile(core.lower()) for core in cores if core not in plain]
    exact = regex(*expressions)

    def finds(text):
        if any(code in text for code in codes):
            return True
        small = text.lower()
        if len(small) != len(text):  # a letter that has two in the other case: İ
            return bool(exact.search(text))
        spans = sorted(found.span() for core in rough for found in core.finditer(small))
        return any(exact.search(text, start, end) for start, end in _around(spans))

    return finds


def _around(spans):
    """Yield parts of a text that hold these spans and something before and after.

    >>> list(_around([(5, 9), (7, 2000), (9000, 9010)]))
    [(0, 3000), (8000, 10010)]
    """
    at = None
    for start, end in spans:
        if at and start - AROUND <= at[1]:
            at = at[0], max(at[1], end + AROUND)
            continue
        if at:
            yield at
        at = max(0, start - AROUND), end + AROUND
    if at:
        yield at
