"""Rewrite data/quality/*_domains.txt from the packages that keep such lists up to date.

`python dev/email_domains.py`, with a Python that has the module's packages (email-validator).
Look through the difference before you commit it.
"""

import ast
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

# As a script, Python looks for modules in dev/ itself; `dev` and `tools` are beside it.
sys.path[0] = str(Path(__file__).resolve().parents[1])
sys.dont_write_bytecode = True

from dev import console, paths  # noqa: E402
from tools.contact import email_typos  # noqa: E402

FOLDER = paths.ROOT / "data" / "quality"

#: Providers that the packages lack: internet access of France, Belgium, Luxembourg, Morocco,
#: Algeria and Tunisia, and names of mailboxes that are newer than the lists.
ALSO_FREE = (
    "9business.fr 9online.fr alicepro.fr caramail.fr cario.fr estvideo.fr evc.net fnac.net"
    " freesbee.fr guideo.fr libertysurf.fr lilo.org mageos.com modulonet.fr numericable.com"
    " tele2.fr vivaldi.net brutele.be edpnet.be pandora.be swing.be teledisnet.be internet.lu"
    " vo.lu iam.ma wana.net.ma djaweb.dz gnet.tn hexabyte.tn planet.tn tunet.tn"
    " anonaddy.me duck.com mozmail.com privaterelay.appleid.com tutamail.com tutanota.de"
    " gmx.ca gmx.es hotmail.dk hotmail.gr hotmail.se live.hk yandex.by yandex.kz"
).split()
#: Mailboxes that were closed: the module takes a domain of its list to receive mail.
CLOSED = (
    "ados.fr altavista.com altavista.net altavista.se francemel.fr freesurf.fr geocities.com"
    " hotbot.com i-france.com iespana.es oddpost.com fortunecity.com voila.fr worldnet.att.net"
).split()
#: On the packages' lists, but the staff of a company, a school or a public body writes from it,
#: or it is no domain of mailboxes at all.
NOT_FREE = (
    "about.com alibaba.com australia.edu berlin.de calidifontain.be casablancaresort.com"
    " casino.com check.com clubducati.com clubhonda.net detik.com disposable.com"
    " dnsmadeeasy.com doityourself.com dotcom.fr dyndns.org earthcam.net enel.net england.edu"
    " eurosport.com facebook.com geek.com indexa.fr mailclub.fr manager.de medscape.com"
    " nus.edu.sg oath.com saudia.com space.com swissinfo.org techspot.com telstra.com test.com"
    " test.de uae.ac uni.de unican.es www.com"
).split()
_FREE_SOURCES = ("free-email-domains", "freemail")
_DISPOSABLE_SOURCES = ("disposable-email-domains",)
LICENCES = {
    "free-email-domains": "npm; MIT, (c) 2017 Kiko Beats",
    "freemail": "npm; ISC, (c) 2015 Will White",
    "disposable-email-domains": "PyPI; MIT, (c) 2016 Dustin Ingram",
}


def main():
    """Download the packages, merge their lists and write both files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        named_free, versions = _free(folder)
        disposable, versions["disposable-email-domains"] = _disposable(folder)
    kept = email_typos.PROVIDERS | set(ALSO_FREE)
    mistyped = {domain for domain in named_free if email_typos.suggest_domain(domain)}
    free = (named_free - disposable - mistyped - {*NOT_FREE, *CLOSED}) | kept
    _write("free_mail_domains.txt", "Domains of free mailboxes", free, versions, _FREE_SOURCES)
    title = "Domains of throw-away mailboxes"
    _write("disposable_domains.txt", title, disposable - free, versions, _DISPOSABLE_SOURCES)
    return 0


def _free(folder):
    """Return the domains that both packages call free: each alone has companies in its list."""
    first, first_version = _npm(folder, "free-email-domains", "domains.json")
    second, second_version = _npm(folder, "freemail", "data/free.txt")
    both = set(json.loads(first)) & set(second.split())
    versions = dict(zip(_FREE_SOURCES, (first_version, second_version), strict=True))
    return {domain for domain in both if domain.isascii() and "." in domain}, versions


def _npm(folder, package, path):
    """Return the text of a file of the newest version of a package of npm, and that version."""
    _call("npm", "pack", "--silent", package, cwd=folder)
    (archive,) = folder.glob(f"{package}-[0-9]*.tgz")
    with tarfile.open(archive) as files:
        text = files.extractfile(f"package/{path}").read().decode()
    return text, archive.stem.removeprefix(f"{package}-")


def _disposable(folder):
    """Return the domains of throw-away mailboxes, and the version of their list."""
    package = "disposable-email-domains"
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps")
    _call(*pip, "--only-binary", ":all:", package, cwd=folder)
    (archive,) = folder.glob("disposable_email_domains-*.whl")
    with zipfile.ZipFile(archive) as files:
        source = files.read("disposable_email_domains/__init__.py").decode()
    assigned = (node for node in ast.parse(source).body if isinstance(node, ast.Assign))
    # The set is the first assignment. It is read, never run.
    return set(ast.literal_eval(next(assigned).value)), archive.name.split("-")[1]


def _call(*command, cwd):
    console.step(f"Downloading {command[-1]}")
    if subprocess.call(command, cwd=cwd, stdout=subprocess.DEVNULL):
        raise console.Stop(f"{' '.join(command)} failed.", "Is the package index reachable?")


def _write(name, title, domains, versions, sources):
    header = [f"# {title}, written by dev/email_domains.py. Sources:"]
    header += [f"# {package} {versions[package]} ({LICENCES[package]})" for package in sources]
    header.append("# and the lists within dev/email_domains.py and tools/contact/email_typos.py.")
    text = "\n".join([*header, *sorted(domains)]) + "\n"
    (FOLDER / name).write_text(text, encoding="utf-8")
    console.say(f"{name}: {len(domains)} domains")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except console.Stop as stop:
        sys.exit(f"{stop}\n{stop.advice}")
