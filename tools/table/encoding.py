"""How the signs of a text file are coded."""

import codecs
import re

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
#: Of western Europe, where two count the same the first is it.
_LATIN = ("cp1252", "mac_roman", "cp850")
_ACCENT_RE = re.compile("[àâäçéèêëîïôöùûüœñáíóúãõ]")
_RUN_RE = re.compile(rb"[\x80-\xff]{3,}")
#: What is looked at beyond ASCII; more makes it slow and not surer.
_SAMPLE = 20_000


def find(data):
    """Return the encoding of a text: a code of Python.

    A mark at its start tells, else UTF-8 if some lines are that (hardly any is by chance), else
    Macintosh, DOS or another alphabet where they show, else what Windows writes in western Europe.

    >>> find("Crédit à 5 €".encode("cp1252")), find("é".encode()), find("é;à".encode("utf-16-le"))
    ('cp1252', 'utf-8', 'utf-16-le')
    >>> [find("Hélène, déjà fatiguée".encode(each)) for each in ("mac_roman", "cp850")]
    ['mac_roman', 'cp850']
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if wide := _wide(data[:1000]):
        return wide
    lines = [line for line in data.replace(b"\r", b"\n").split(b"\n") if not line.isascii()]
    broken = sum(not _is_utf8(line) for line in lines)
    return _narrow(lines) if broken * 10 > len(lines) * 9 else "utf-8"


def is_mixed(data, encoding):
    """Tell whether some lines are not in UTF-8 as the rest is: two lists pasted into one."""
    return encoding == "utf-8" and not _is_utf8(data)


def _as_windows(error):
    """Read what is no UTF-8 as Windows writes it, and what no encoding knows as a question."""
    if not isinstance(error, UnicodeDecodeError) or error.encoding != "utf-8":
        return codecs.replace_errors(error)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


#: How signs are read that the encoding has not.
REST = "customer_sheet_rest"
codecs.register_error(REST, _as_windows)


def _wide(start):
    """Return which UTF-16 this is, without a mark: most signs have a zero byte."""
    zeros = [start[parity::2].count(0) for parity in (0, 1)]
    if max(zeros) * 5 < len(start):
        return ""
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _is_utf8(line):
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _narrow(lines):
    sample, size = [], 0
    for line in lines:
        sample.append(line[:1000])
        size += len(sample[-1])
        if size > _SAMPLE:
            break
    text = b"\n".join(sample)
    if _is_other_alphabet(text):
        guess = (chardet.detect(text)["encoding"] or "").lower().replace("windows-", "cp")
        return guess if guess in ENCODINGS else "cp1256"
    return max(_LATIN, key=lambda encoding: _accents(text, encoding))


def _is_other_alphabet(text):
    """Tell whether signs beyond ASCII make words, which accents do not."""
    beyond = sum(byte > 127 for byte in text)
    return 2 * sum(map(len, _RUN_RE.findall(text))) > beyond


def _accents(text, encoding):
    """Return how many small letters have an accent, read in an encoding."""
    return len(_ACCENT_RE.findall(text.decode(encoding, "replace")))
