"""The register of erasures outside the database: a file of which each line is one erasure.

It holds no personal data: which rows, and when each was created.  Each line says the hash of the
line before it, and carries a code that only this database can make, so that nobody has people
erased by writing lines.  A line that a crash has torn is skipped; the same line twice counts once.
"""

import json
import os
from pathlib import Path

from odoo.tools import config

from ...consent.chain import canonical, keyed, link

FOLDER = "customer_sheet"
#: What the hash of a line covers.
KEYS = ("register", "database", "date", "erasure", "rows")


def path(register):
    """Return where the file of a register is: beside the file store, and not in it."""
    return Path(config["data_dir"]) / FOLDER / f"{register}.jsonl"


def signed(record, prev_hash, pepper):
    """Return the line of a record, as a dictionary."""
    digest = link(prev_hash, {key: record[key] for key in KEYS})
    return {**record, "prev_hash": prev_hash, "hash": digest, "mac": keyed(pepper, digest)}


def is_genuine(line, pepper):
    """Return whether this database, or one that it was, has written a line.

    >>> one = dict(register="r", database="d", date="2026-11-30T10:00:00", erasure=7, rows=[])
    >>> line = signed(one, "", "pepper")
    >>> is_genuine(line, "pepper"), is_genuine(line, "salt")
    (True, False)
    >>> is_genuine({**line, "rows": [["res.partner", 1, None]]}, "pepper")
    False
    """
    try:
        return signed({key: line[key] for key in KEYS}, line["prev_hash"], pepper) == line
    except (KeyError, TypeError, ValueError):
        return False


def to_bytes(lines):
    """Return lines as the file has them."""
    return b"".join(canonical(line) + b"\n" for line in lines)


def parsed(content):
    """Return the lines of a file as dictionaries; what is no such line is left out.

    >>> parsed(b'{"hash": "a"}\\n{"hash": "b", "ro\\n{"hash": "a"}\\n')
    [{'hash': 'a'}]
    """
    lines = {}
    for raw in content.splitlines():
        try:
            line = json.loads(raw)
            lines[line["hash"]] = line
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return list(lines.values())


def read(register):
    """Return the lines of a register; none where there is no file.

    :raise OSError: where it cannot be read
    """
    try:
        return parsed(path(register).read_bytes())
    except FileNotFoundError:
        return []


def last(register):
    """Return the last line without reading the others; ``None`` where there is none.

    :raise OSError: where it cannot be read
    """
    try:
        with path(register).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 65536, 0))
            tail = file.read()
    except FileNotFoundError:
        return None
    raw = tail.rstrip(b"\n").rpartition(b"\n")[2]
    return next(iter(parsed(raw)), None)


def append(register, lines):
    """Add lines at the end of the file, and have the disk keep them.

    :raise OSError: where the file cannot be written
    """
    file = path(register)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        torn = size and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (b"\n" if torn else b"") + to_bytes(lines))
        os.fsync(handle)
    finally:
        os.close(handle)
