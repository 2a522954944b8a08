"""Unpacking a proof pack and running its verifier."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path


def unpack(pack, folder):
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        archive.extractall(folder)
    return Path(folder)


def verify(folder, *arguments):
    """Run the verifier of the pack with nothing but the standard library.

    :return: the exit status and what it printed
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", ".", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
