"""What the operating system must bring, and how to get it."""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from . import console, paths

#: Starts in a tenth of the time.  Not the script in /usr/bin: when Odoo ends a browser that does
#: not answer, it would end the script alone.
HEADLESS_SHELL = Path("/usr/lib/chromium/chromium-headless-shell")
CHROMIUM_NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
MAC_CHROMIUM = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PYTHONS = ((3, 10), (3, 13))
OLDEST_NODE = 18


def headless_shell():
    """The browser that has no windows, or None."""
    return HEADLESS_SHELL if HEADLESS_SHELL.exists() else None


def tests_path():
    """A PATH on which Odoo's test runner finds that browser first, where it is installed."""
    folder = paths.folder("bin")
    link = folder / CHROMIUM_NAMES[0]
    if headless_shell() and not link.exists():
        link.unlink(missing_ok=True)
        link.symlink_to(HEADLESS_SHELL)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def need_browser():
    """Make sure that tests have a browser, a quick one where it can be had."""
    want("headless-shell", "tests in the browser take longer")
    if not headless_shell():
        need("chromium")


def chromium():
    """The browser that Odoo's test runner finds by itself, or None."""
    if platform.system() == "Darwin":
        return next((path for path in MAC_CHROMIUM if os.path.exists(path)), None)
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def postgres_bin():
    """The folder with the newest PostgreSQL server's programs, or None."""
    roots = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted(roots, key=lambda path: int(path.parent.name), reverse=True)
    if shutil.which("pg_config"):
        told = subprocess.check_output(["pg_config", "--bindir"], text=True)
        folders.append(Path(told.strip()))
    return next((path for path in folders if (path / "initdb").exists()), None)


def python():
    """An interpreter that Odoo 19 supports, or None."""
    low, high = PYTHONS
    if low <= sys.version_info[:2] <= high:
        return sys.executable
    names = [f"python3.{minor}" for minor in range(high[1], low[1] - 1, -1)]
    return next(filter(None, map(shutil.which, names)), None)


def _has_venv():
    interpreter = python()
    if interpreter == sys.executable:
        return bool(importlib.util.find_spec("ensurepip"))
    test = [interpreter, "-c", "import ensurepip, venv"]
    return bool(interpreter) and not subprocess.call(test, stderr=subprocess.DEVNULL)


def _has_node():
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    told = subprocess.check_output(["node", "--version"], text=True)
    return int(told.lstrip("v").split(".")[0]) >= OLDEST_NODE


# name: (is it there?, Debian and Ubuntu packages, what a person calls it)
NEEDS = {
    "python": (python, "python3", "Python 3.10 to 3.13"),
    "venv": (_has_venv, "python3-venv", "Python's venv and ensurepip"),
    "git": (lambda: shutil.which("git"), "git", "git"),
    "psql": (lambda: shutil.which("psql"), "postgresql-client", "psql"),
    "postgresql": (postgres_bin, "postgresql", "the PostgreSQL server (13 or newer)"),
    "chromium": (chromium, "chromium", "Chromium or Google Chrome"),
    "headless-shell": (headless_shell, "chromium-headless-shell", "Chromium's headless shell"),
    "node": (_has_node, "nodejs npm", f"Node.js {OLDEST_NODE} or newer, with npm"),
    "wkhtmltopdf": (lambda: shutil.which("wkhtmltopdf"), "wkhtmltopdf", "wkhtmltopdf"),
}


def need(*names):
    """Make sure that the system has these: installed when root, else asked for."""
    missing = _missing(names)
    if not missing:
        return
    with paths.lock("system", "installing system packages"):
        missing = _missing(missing)
        if missing and _can_install():
            _install(missing)
        still = _missing(missing)
    if still:
        wanted = ", ".join(NEEDS[name][2] for name in still)
        raise console.Stop(f"This machine lacks {wanted}.", _advice(still))


def want(name, without):
    """Like `need`, but only say what will be missing when it cannot be had."""
    if not _missing([name]):
        return
    tried = paths.folder("system") / f"no-{name}"
    try:
        if not tried.exists():
            need(name)
    except console.Stop:
        tried.touch()
    if _missing([name]):
        console.say(f"Note: no {NEEDS[name][2]} on this machine: {without}")


def update_package_lists():
    """Let apt know what there is; needs root."""
    log = paths.folder("logs") / "apt-update.log"
    advice = "Type: sudo apt-get update"
    console.run("Reading the package lists", ["apt-get", "update"], log, advice)


def _missing(names):
    return [name for name in names if not NEEDS[name][0]()]


def _can_install():
    return os.geteuid() == 0 and shutil.which("apt-get")


def _advice(names):
    packages = " ".join(NEEDS[name][1] for name in names)
    if shutil.which("apt-get"):
        return f"Type: sudo apt-get install {packages}"
    return "Install it with this system's package manager and try again."


def _install(names):
    packages = " ".join(NEEDS[name][1] for name in names).split()
    log = paths.folder("logs") / "apt.log"
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    update_package_lists()
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    text = f"Installing {', '.join(packages)}"
    console.run(text, install, log, _advice(names), env=environment)
