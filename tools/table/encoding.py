"""How the signs of a text file are coded."""

import codecs

import chardet

#: What the user may choose, the most frequent first: codes of Python.
ENCODINGS = (
    "utf-8",
    "cp1252",
    "mac_roman",
    "utf-16",
    "iso8859-15",
    "cp850",
    "cp1250",
    "cp1256",
    "cp1251",
    "cp1253",
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What is looked at beyond ASCII; more makes it slow and not surer.
_SAMPLE = 20_000


def find(data):
    """Return the encoding of a text: a code of Python.

    A mark at its start tells, else UTF-8 if it is that all through, else Macintosh or UTF-16
    where they show, else what Windows writes in western Europe.

    >>> find("Crédit à 5 €".encode("cp1252")), find("é".encode()), find("é;à".encode("utf-16-le"))
    ('cp1252', 'utf-8', 'utf-16-le')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if wide := _wide(data[:1000]):
        return wide
    try:
        codecs.decode(data, "utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            return "utf-8"  # cut off within a sign
        return _narrow(data)
    return "utf-8"


def _wide(start):
    """Return which UTF-16 this is, without a mark: most signs have a zero byte."""
    zeros = [start[parity::2].count(0) for parity in (0, 1)]
    if max(zeros) * 5 < len(start):
        return ""
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _narrow(data):
    lines = (line for line in data.replace(b"\r", b"\n").split(b"\n") if not line.isascii())
    sample, size = [], 0
    for line in lines:
        sample.append(line[:1000])
        size += len(sample[-1])
        if size > _SAMPLE:
            break
    guess = chardet.detect(b"\n".join(sample))["encoding"] or ""
    return "mac_roman" if guess.lower() == "macroman" else "cp1252"
