"""What a badge or a business card says in its QR code: a vCard or a MECARD.

vCards of telephones and fairs are seldom what the standards ask for: cut off, of mixed versions,
with lines that are none.  What can be read is read, nothing of it fails.
"""

import quopri
import re

from ..text.clean_text import LONGEST, clean

_VCARD_RE = re.compile(r"\s*BEGIN:VCARD\b", re.I)
_MECARD_RE = re.compile(r"\s*MECARD:", re.I)
#: "item1.TEL;TYPE=CELL,VOICE:+33 6 12 34 56 78"
_LINE_RE = re.compile(r"(?:[\w-]+\.)?([A-Za-z-]+)((?:;(?:[^:;\"]|\"[^\"]*\")*)*):(.*)", re.S)
_PART_RE = re.compile(r"((?:[^\\;]|\\.|\\$)*)(?:;|$)", re.S)
_ESCAPED_RE = re.compile(r"\\(.)", re.S)
_CHARSET_RE = re.compile(r"CHARSET=\"?([\w-]+)", re.I)
_FOLD_RE = re.compile(r"\n[ \t]")
#: More than a QR code can hold.
_LARGEST = 10_000
_ADDRESS = ("street", "city", "", "zip", "country")

#: Where each answer stands, by question code, the first that says something.
_PLACES = {
    "function": ("TITLE", "ROLE"),
    "email": ("EMAIL",),
    "website": ("URL",),
    "note": ("NOTE", "MEMO"),
}


def read(text):
    """Return ``{code: text}`` of what a code says of a person, by question code, and its ``note``.

    :param text: what was scanned; cut off after 10,000 signs
    :return: nothing where it is neither a vCard (2.1, 3.0, 4.0) nor a MECARD

    >>> read("BEGIN:VCARD\\nVERSION:3.0\\nFN:Julie Martin\\nTEL;TYPE=CELL:06 12 34 56 78\\n")
    {'name': 'Julie Martin', 'phone': '06 12 34 56 78'}
    >>> read("MECARD:N:Martin,Julie;ORG:Atlas Meca;;")
    {'name': 'Julie Martin', 'first_name': 'Julie', 'last_name': 'Martin', 'company': 'Atlas Meca'}
    >>> read("https://badge.example/42")
    {}
    """
    text = text[:_LARGEST]
    if _VCARD_RE.match(text):
        return _said(list(_vcard_lines(text)), _parts)
    if head := _MECARD_RE.match(text):
        return _said(list(_mecard_lines(text[head.end() :])), _commas)
    return {}


def _said(lines, parts):
    """Return what the lines ``(name, parameters, value)`` say, by question code."""
    by_name = {}
    for name, parameters, value in lines:
        by_name.setdefault(name.upper(), []).append((parameters.upper(), value))
    first = {name: found[0][1] for name, found in by_name.items()}
    said = {
        **_name(first, parts),
        "company": _parts(first.get("ORG", ""))[0],
        "phone": _phone(by_name.get("TEL", [])),
        **_address(first.get("ADR", ""), parts),
    }
    for code, names in _PLACES.items():
        said[code] = next(filter(None, (_plain(first.get(name, "")) for name in names)), "")
    if said["name"] == said["company"]:
        said["name"] = ""  # the card of a company
    said = {code: clean(value[:LONGEST]) for code, value in said.items()}
    return {code: value for code, value in said.items() if value}


def _name(first, parts):
    last, given = (*parts(first.get("N", "")), "", "")[:2]
    whole = _plain(first.get("FN", "")) or f"{given} {last}"
    return {"name": whole.strip(), "first_name": given, "last_name": last}


def _phone(found):
    """Return the number to call: the preferred one, else a mobile, never a fax if avoidable."""

    def rank(line):
        parameters, _value = line
        return ("FAX" in parameters, "PREF" not in parameters, "CELL" not in parameters)

    value = _plain(min(found, key=rank)[1]) if found else ""
    return value.partition(";")[0].removeprefix("tel:")


def _address(value, parts):
    found = parts(value)
    if len(found) < 7:
        return {"street": _plain(value)}
    return {code: part for code, part in zip(_ADDRESS, found[2:7], strict=True) if code}


# -- lines ---------------------------------------------------------------------------------


def _vcard_lines(text):
    text = _FOLD_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = iter(text.split("\n"))
    for line in lines:
        found = _LINE_RE.match(line)
        if not found:
            continue
        name, parameters, value = found.groups()
        if "QUOTED-PRINTABLE" in parameters.upper():
            while value.endswith("="):  # a soft break
                value = value[:-1] + next(lines, "")
            value = _unquoted(value, parameters)
        yield name, parameters, value


def _mecard_lines(text):
    for part in _PART_RE.findall(text):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip(), "", value


def _unquoted(value, parameters):
    octets = quopri.decodestring(value.encode("utf-8", "replace"))
    named = _CHARSET_RE.search(parameters)
    for charset in (named[1] if named else "utf-8", "utf-8"):
        try:
            return octets.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return octets.decode("cp1252", "replace")


# -- values ----------------------------------------------------------------------------------


def _parts(value):
    return [_plain(part) for part in _PART_RE.findall(value)]


def _commas(value):
    """Return the parts of a value of a MECARD: "Martin,Julie"."""
    return [_plain(part) for part in re.split(r"(?<!\\),", value)]


def _plain(value):
    """Return a text without the escapes of its format."""
    return _ESCAPED_RE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
