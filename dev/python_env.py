"""A virtual environment with the pinned packages, made anew when the pins change."""

import shutil
import subprocess
import sys

from . import console, paths, system


def get():
    """The interpreter of the virtual environment."""
    system.need("python", "venv")
    folder = _folder()
    with paths.lock("venv", "installing Python packages"):
        if not (folder / "complete").exists():
            _create(folder)
    return folder / "bin" / "python"


def key():
    """Changes with the pins and with the Python version."""
    return _folder().name


def _folder():
    interpreter = system.python()
    version = "{}.{}".format(*sys.version_info[:2])
    if interpreter != sys.executable:
        version = interpreter.rpartition("python")[2]
    pins = paths.REQUIREMENTS.read_text(encoding="utf-8")
    return paths.home() / f"venv-{version}-{paths.short_hash(pins)}"


def _create(folder):
    log = paths.folder("logs") / "venv.log"
    shutil.rmtree(folder, ignore_errors=True)
    make = [system.python(), "-m", "venv", folder]
    console.run("Making a Python environment", make, log)
    install = [folder / "bin" / "pip", "install", "--prefer-binary", "--no-input"]
    advice = "Is the Python package index reachable? Then try again."
    pinned = [*install, "-r", paths.REQUIREMENTS]
    console.run("Installing Python packages", pinned, log, advice)
    subprocess.run([folder / "bin" / "pip", "check"], check=True, stdout=subprocess.DEVNULL)
    (folder / "complete").touch()
