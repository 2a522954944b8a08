"""Get Odoo 19 Community: an existing folder, Debian's package, or Odoo's own branch."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import console, paths, system

SERIES = "19.0"
GIT_URL = "https://github.com/odoo/odoo.git"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SID_PACKAGES = (
    "odoo-19",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "fonts-ocr-b",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
# sid's Font Awesome 7 lacks the files that Odoo's web client links to.
OWN_SUITE_PACKAGES = ("fonts-font-awesome", "fonts-inconsolata")
# Blurs the camera in video calls. Debian leaves the file out and the browser then
# logs an error on every page, which fails every browser test.
LEFT_OUT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def get():
    """The folder to put on PYTHONPATH, fetched when it is not there yet."""
    given = os.environ.get("ODOO_PATH")
    if given:
        return _python_path(Path(given).expanduser().resolve())
    target = paths.home() / "odoo"
    with paths.lock("odoo", "getting Odoo"):
        if not target.exists():
            _fetch(target)
    return _python_path(target)


def addons_paths(source):
    """The addons folders of an Odoo source: one in Debian's package, two in git."""
    own = source / "odoo" / "addons"
    # Debian's second folder, beside `odoo`, is an incomplete copy.
    return [own] if (own / "crm").is_dir() else [own, source / "addons"]


def version(source):
    """Identifies this very source: databases made with another one are not reused."""
    stamp = source / "customer_sheet_version"
    if stamp.exists():
        return stamp.read_text(encoding="utf-8").strip()
    command = ["git", "-C", str(source), "rev-parse", "HEAD"]
    if (source / ".git").exists() and shutil.which("git"):
        return subprocess.check_output(command, text=True).strip()
    release = (source / "odoo" / "release.py").read_text(encoding="utf-8")
    return paths.short_hash(str(source), release)


def _python_path(folder):
    places = (folder, folder / "usr/lib/python3/dist-packages", folder.parent)
    found = next((p for p in places if (p / "odoo" / "release.py").exists()), None)
    if not found:
        raise console.Stop(
            f"No Odoo in {folder}.",
            "ODOO_PATH must be the folder that holds the `odoo` Python package.",
        )
    release = (found / "odoo" / "release.py").read_text(encoding="utf-8")
    if not re.search(r"version_info = \(19, 0,", release):
        raise console.Stop(f"{found} is not Odoo {SERIES}.", "Set ODOO_PATH to one.")
    return found


def _fetch(target):
    partial = target.with_name("odoo.partial")
    shutil.rmtree(partial, ignore_errors=True)
    mirror = _debian_mirror()
    if not (mirror and _from_debian(mirror, partial)):
        shutil.rmtree(partial, ignore_errors=True)
        _from_git(partial)
    partial.rename(target)


def _debian_mirror():
    """The mirror that this Debian machine already uses, or None elsewhere."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    mirror = _told_mirror()
    if not mirror and os.geteuid() == 0:
        system.update_package_lists()  # a fresh machine has none, and tells nothing
        mirror = _told_mirror()
    return mirror


def _told_mirror():
    wanted = ["--format", "$(REPO_URI)", "Origin: Debian", "Label: Debian"]
    command = ["apt-get", "indextargets", *wanted]
    told = subprocess.run(command, capture_output=True, text=True)
    return next(iter(told.stdout.split()), None)


def _from_debian(mirror, folder):
    """Unpack Odoo from Debian's suite sid; False when the mirror has no sid.

    The system's own package lists stay as they are: apt runs on a private state.
    """
    apt = _private_apt(mirror)
    log = paths.folder("logs") / "odoo-source.log"
    try:
        console.run("Reading Debian sid's package list", ["apt-get", *apt, "update"], log)
    except console.Stop:
        console.say("    no Debian sid there")
        return False
    downloads = paths.folder("apt", "downloads")
    get = ["apt-get", *apt, "download", *SID_PACKAGES]
    console.run("Downloading Odoo 19 (130 MB)", get, log, cwd=downloads)
    own = ["apt-get", "download", *OWN_SUITE_PACKAGES]
    if subprocess.call(["apt-cache", "show", *OWN_SUITE_PACKAGES], stdout=subprocess.DEVNULL):
        system.update_package_lists()
    console.run("Downloading Odoo's fonts", own, log, cwd=downloads)
    console.step("Unpacking Odoo")
    for archive in downloads.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, folder], check=True)
    _finish_debian(folder, next(downloads.glob("odoo-19_*")).name)
    shutil.rmtree(paths.home() / "apt")
    return True


def _private_apt(mirror):
    folder = paths.folder("apt")
    paths.folder("apt", "lists", "partial")
    paths.folder("apt", "cache", "archives", "partial")
    (folder / "status").touch()
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    line = f"deb {signed}{mirror} sid main\n"
    (folder / "sources.list").write_text(line, encoding="utf-8")
    options = {
        "Dir::Etc::sourcelist": folder / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": folder / "lists",
        "Dir::State::status": folder / "status",
        "Dir::Cache": folder / "cache",
        "APT::Sandbox::User": "root",
    }
    return [word for key, value in options.items() for word in ("-o", f"{key}={value}")]


def _finish_debian(folder, package):
    source = _python_path(folder)
    addons = source / "odoo" / "addons"
    left_out = addons / LEFT_OUT
    if not left_out.exists():
        left_out.parent.mkdir(parents=True, exist_ok=True)
        left_out.touch()
    links = (path for path in addons.rglob("*") if path.is_symlink())
    dangling = [path for path in links if not path.exists()]
    if dangling:
        names = "\n".join(str(path.relative_to(addons)) for path in dangling[:10])
        raise console.Stop(
            f"Debian's Odoo misses files; pages would not load:\n{names}",
            "Clone Odoo's branch 19.0 and set ODOO_PATH to it.",
        )
    (source / "customer_sheet_version").write_text(package, encoding="utf-8")


def _from_git(folder):
    system.need("git")
    log = paths.folder("logs") / "odoo-source.log"
    clone = ["git", "clone", "--depth=1", f"--branch={SERIES}", GIT_URL, str(folder)]
    advice = "Get Odoo 19.0 by other means and set ODOO_PATH to its folder."
    console.run("Cloning Odoo's branch 19.0 (takes minutes)", clone, log, advice)
