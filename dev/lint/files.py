"""The files to check: what git knows or would add, and nothing that it ignores."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .. import console, paths, system

NOT_THE_MODULE = ("dev/", "benchmarks/")  # command lines beside the module


def ours(*suffixes, module_only=False):
    """Paths relative to the repository, of files with one of the suffixes."""
    return [
        name
        for name in _listed()
        if name.endswith(suffixes) and not (module_only and name.startswith(NOT_THE_MODULE))
    ]


def chosen(*suffixes):
    """Like `ours`, limited to what ONLY names: files or folders."""
    only = tuple(os.environ.get("ONLY", "").split())
    names = ours(*suffixes)
    return [name for name in names if _below(name, only)] if only else names


@contextmanager
def unpacked():
    """A copy of all files in a folder with the module's name, outside of git.

    At the root of a git checkout, OCA's hooks find no module and report nothing.
    """
    with tempfile.TemporaryDirectory(prefix="customer_sheet_lint_") as temporary:
        folder = Path(temporary, paths.MODULE)
        for name in _listed():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(paths.ROOT / name, folder / name)
        yield folder


def _below(name, only):
    return any(name == part or name.startswith(part.rstrip("/") + "/") for part in only)


def _listed():
    system.need("git")
    command = ["git", "-C", paths.ROOT, "ls-files", "-co", "--exclude-standard", "-z"]
    told = subprocess.run(command, capture_output=True, text=True)
    if told.returncode:
        raise console.Stop(told.stderr.strip(), "The checks need a git checkout.")
    names = sorted(set(filter(None, told.stdout.split("\0"))))
    return [name for name in names if (paths.ROOT / name).is_file()]
