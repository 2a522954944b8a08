"""Where things are: this checkout, and the cache folder shared between checkouts."""

import fcntl
import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

from . import console

MODULE = "crm_customer_sheet"
ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "dev" / "requirements.txt"

# Folders and files that an installed database does not depend on.
NOT_INSTALLED = {".ci", ".git", "benchmarks", "dev", "docs", "static", "tests"}


def home():
    """The cache folder, made when missing.

    PostgreSQL refuses to run as root, and the account it runs as cannot enter
    /root: root's default is therefore in /var/cache.
    """
    given = os.environ.get("CUSTOMER_SHEET_HOME")
    if given:
        folder = Path(given).expanduser().resolve()
    elif os.geteuid() == 0:
        folder = Path("/var/cache", MODULE)
    else:
        folder = Path.home() / ".cache" / MODULE
    if folder == ROOT or ROOT in folder.parents:
        raise console.Stop(
            f"The cache folder {folder} is inside the repository.",
            "Set CUSTOMER_SHEET_HOME to a folder outside of it.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def folder(*names):
    """A folder in the cache, made when missing."""
    path = home().joinpath(*names)
    path.mkdir(parents=True, exist_ok=True)
    return path


def checkout_id():
    """A short name of this checkout: the cache serves several."""
    return short_hash(str(ROOT))


def short_hash(*texts):
    """Ten hexadecimal digits that change when any of the texts does."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:10]


def module_hash():
    """Changes when a file that an installed database depends on does."""
    digest = hashlib.sha256()
    for path in sorted(_installed_files()):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def static_hash():
    """Changes when a file of the web client is changed or touched, here or in the tests."""
    files = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    return short_hash(*(f"{path} {path.stat().st_mtime_ns}" for path in files))


def _installed_files():
    for entry in ROOT.iterdir():
        if entry.name.startswith(".") or entry.name in NOT_INSTALLED:
            continue
        if entry.is_dir():
            found = entry.rglob("*")
        else:
            found = [entry] if entry.suffix == ".py" else []
        yield from (p for p in found if p.is_file() and p.suffix != ".pyc")


@contextmanager
def lock(name, text="", busy=None):
    """Hold a lock between processes, so that two commands never build one thing.

    :param busy: the failure to raise instead of waiting for the other command
    """
    with open(folder("locks") / name, "w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if busy:
                raise busy from None
            console.say(f"Another command is busy with {text or name}: waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
