"""Texts inside files: whatever the kind of file, as far as the standard library opens it."""

import base64
import binascii
import email
import email.policy
import gzip
import io
import quopri
import re
import tarfile
import zipfile
import zlib

#: Zip files in zip files are opened so deep, and members up to so many bytes.
DEPTH, LARGEST = 3, 64 * 1024 * 1024

_GZIP, _TAR = b"\x1f\x8b\x08", b"ustar"
_BASE64_RE = re.compile(rb"[A-Za-z0-9+/\s]+={0,2}\s*")
_MAIL_RE = re.compile(rb"^[\w-]+:.*?^content-type:", re.IGNORECASE | re.MULTILINE | re.DOTALL)


def texts(data, depth=DEPTH):
    """Yield the texts that are in the bytes of a file.

    >>> list(texts("Zoé".encode())), list(texts("Zoé".encode("latin-1")))
    (['Zoé'], ['Zoé'])
    >>> "Zoé Quillard" in list(texts("Zoé Quillard, Fès".encode("utf-16")))
    False
    >>> [t for t in texts("Zoé Quillard, Fès".encode("utf-16-le")) if "Zoé" in t]
    ['Zoé Quillard, Fès']
    >>> "Quillard, Fes" in list(texts(gzip.compress(b"Quillard, Fes")))
    True
    >>> "Quillard, Fes" in list(texts(base64.b64encode(b"Quillard, Fes")))
    True
    """
    data = bytes(data)
    if zipfile.is_zipfile(io.BytesIO(data)):
        yield from _members(data, depth)
        return
    if depth and data.startswith(_GZIP):
        yield from texts(_unpacked(data), depth - 1)
        return
    if depth and data[257:262] == _TAR:
        yield from _of_tar(data, depth)
        return
    yield from _decoded(data)
    if depth and (inner := _from_base64(data)):
        yield from texts(inner, depth - 1)
    if depth and _MAIL_RE.match(data[:20000]):
        yield from _parts(data, depth)
    elif b"=\n" in data or b"=\r\n" in data:
        yield from _decoded(quopri.decodestring(data))


def _decoded(data):
    try:
        yield data.decode()
    except UnicodeDecodeError:
        yield data.decode("latin-1")
    if data[:4000].count(0) * 4 > len(data[:4000]):
        for encoding in ("utf-16-le", "utf-16-be"):
            yield data.decode(encoding, errors="replace")


def _members(data, depth):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename
                if depth and member.file_size <= LARGEST:
                    yield from texts(archive.read(member), depth - 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        yield from _decoded(data)  # broken, or locked with a password


def _unpacked(data):
    """Return as many bytes of a gzip file as can be read."""
    try:
        with gzip.open(io.BytesIO(data)) as file:
            return file.read(LARGEST)
    except (OSError, EOFError, zlib.error):
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
    if len(data) < 12 or not _BASE64_RE.fullmatch(data):
        return b""
    try:
        return base64.b64decode(data)
    except (binascii.Error, ValueError):
        return b""


def _parts(data, depth):
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        yield from map(str, part.values())
        payload = part.get_payload(decode=True)
        if payload:
            yield from texts(payload, depth - 1)
