"""Texts inside files: whatever the kind of file, as far as the standard library opens it."""

import base64
import binascii
import bz2
import contextlib
import email
import email.policy
import gzip
import io
import lzma
import quopri
import re
import tarfile
import zipfile
import zlib

#: Zip files in zip files are opened so deep, and members up to so many bytes.
DEPTH, LARGEST = 3, 64 * 1024 * 1024

_TAR = b"ustar"
#: Of a file that is packed as a whole: how it begins, and what opens it.
_PACKED = {
    b"\x1f\x8b\x08": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
#: Files of other programs that only those open; what stands in them is not read.
_CLOSED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
_BASE64_RE = re.compile(rb"[A-Za-z0-9+/_-]{24,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}")
#: What stands between the letters of a word that are moved together.
_KERNING_RE = re.compile(rb"\)\s*-?[\d.]+\s*\(")
_PLAIN = bytes.maketrans(b"-_", b"+/")
_PDF_RE = re.compile(rb"/FlateDecode.{0,400}?stream\r?\n(.*?)endstream", re.DOTALL)
_MAIL_RE = re.compile(rb"^[\w-]+:.*?^content-type:", re.IGNORECASE | re.MULTILINE | re.DOTALL)


def texts(data, depth=DEPTH):
    """Yield the texts that are in the bytes of a file.

    >>> list(texts("Zoé".encode())), list(texts("Zoé".encode("latin-1")))
    (['Zoé'], ['Zoé', 'ZoÚ', 'ZoÈ'])
    >>> "Zoé Quillard" in list(texts("Zoé Quillard, Fès".encode("utf-16")))
    False
    >>> {t for t in texts("Zoé Quillard, Fès".encode("utf-16-le")) if "Zoé" in t}
    {'Zoé Quillard, Fès'}
    >>> [any("Quillard, Fes" in t for t in texts(way(b"Quillard, Fes from Fes")))
    ...     for way in (gzip.compress, bz2.compress, lzma.compress, base64.b64encode)]
    [True, True, True, True]
    >>> any("Zoé" in t for t in texts(b"%PDF \\xfe\\xff" + "Zoé".encode("utf-16-be") + b" (x)"))
    True
    >>> any("فاطمة" in t for t in texts("فاطمة الزهراء".encode("utf-16")))
    True
    """
    data = bytes(data)
    if zipfile.is_zipfile(io.BytesIO(data)):
        yield from _members(data, depth)
        return
    opener = next((way for start, way in _PACKED.items() if data.startswith(start)), None)
    if depth and opener:
        yield from texts(_unpacked(data, opener), depth - 1)
        return
    if depth and data[257:262] == _TAR:
        yield from _of_tar(data, depth)
        return
    yield from _decoded(data)
    if depth:
        for inner in _from_base64(data):
            yield from texts(inner, depth - 1)
    if depth and data.startswith(b"%PDF"):
        for packed in _PDF_RE.finditer(data):
            text = _inflated(packed[1])
            yield from _decoded(text)
            yield from _decoded(_KERNING_RE.sub(b"", text))
    if depth and _MAIL_RE.match(data[:20000]):
        yield from _parts(data, depth)
    elif b"=\n" in data or b"=\r\n" in data:
        yield from _decoded(quopri.decodestring(data))


def is_closed(data):
    """Return whether a file is packed in a way that only other programs open."""
    return bytes(data[:6]).startswith(_CLOSED)


def _decoded(data):
    try:
        yield data.decode()
    except UnicodeDecodeError:
        yield data.decode("latin-1")
        if 0 not in data[:4000]:
            yield from (data.decode(old, errors="replace") for old in ("cp850", "mac-roman"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:4000].count(0) * 4 > len(data[:4000]):
        for encoding in ("utf-16-le", "utf-16-be"):
            yield data.decode(encoding, errors="replace")
    if b"\0" in data:  # words of two bytes a letter among others: titles of PDF, old Office files
        yield data.replace(b"\0", b"").decode("latin-1")


def _members(data, depth):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename
                if depth and member.file_size <= LARGEST:
                    yield from texts(archive.read(member), depth - 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        yield from _decoded(data)  # broken, or locked with a password


def _unpacked(data, opener):
    """Return as many bytes of a packed file as can be read."""
    try:
        with opener(io.BytesIO(data)) as file:
            return file.read(LARGEST)
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        return b""


def _inflated(data):
    with contextlib.suppress(zlib.error):
        return zlib.decompressobj().decompress(data, LARGEST)
    return b""


def _of_tar(data, depth):
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                yield member.name
                if member.isfile() and member.size <= LARGEST:
                    yield from texts(archive.extractfile(member).read(), depth - 1)
    except (tarfile.TarError, OSError, EOFError):
        yield from _decoded(data)  # broken


def _from_base64(data):
    """Yield what stands in base64 in a text: the whole of it, or what is long enough."""
    for found in _BASE64_RE.finditer(data):
        code = re.sub(rb"\s", b"", found[0]).rstrip(b"=").translate(_PLAIN)
        with contextlib.suppress(binascii.Error, ValueError):
            yield base64.b64decode(code[: len(code) - (len(code) % 4 == 1)] + b"==")


def _parts(data, depth):
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        yield from map(str, part.values())
        payload = part.get_payload(decode=True)
        if payload:
            yield from texts(payload, depth - 1)
