"""Addresses on the web: that of the company, and those of its people on networks."""

import re

from .finding import Finding

_ENDINGS = (
    "com fr eu be ch lu ma net org io co coop info biz uk ie de nl es it pt at pl ca us tn dz sn ci"
    " paris bzh alsace corsica re gp mq nc pro shop store tech dev app cloud agency group tel swiss"
    " brussels london scot wales me tv ai se dk no fi cz"
)
_WEB_RE = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?P<host>(?:[a-z0-9-]{1,62}\.){1,4}(?P<end>[a-z]{2,8}))"
    r"(?P<path>/[\w./%~#?=&+-]{0,200})?(?![\w@])",
    re.IGNORECASE,
)
_NETWORKS = ("linkedin.", "facebook.", "instagram.", "twitter.", "x.com", "youtube.", "tiktok.")
#: What stands beside an address that is no part of a sentence.
_APART = ("", "|", "-", ":", ",", "/", "•", "(", ")")
#: Sites that a link in a text leads to without being that of its writer.
_NOBODYS = (
    "google.", "goo.gl", "bit.ly", "wetransfer.", "microsoft.", "zoom.", "calendly.", "youtu.be",
    "dropbox.", "doodle.", "office.com", "outlook.", "whatsapp.", "wa.me", "apple.com", "aka.ms",
)  # fmt: skip
_LINKEDIN = re.compile(r"(?:^|\.)linkedin\.com$")


def find(page, ours=()):
    """Yield the web address of the writer, and their page on LinkedIn."""
    for line in page.lines:
        for match in _WEB_RE.finditer(page.text, *line):
            host, path = match["host"].lower(), (match["path"] or "").rstrip("/.")
            if match["end"].lower() not in _ENDINGS.split() or page.is_taken(*match.span()):
                continue
            if not _is_marked(match) and not _stands_alone(page, match):
                continue
            page.take(*match.span())
            if _LINKEDIN.search(host):
                if path.startswith(("/in/", "/company/")):
                    yield Finding("social", f"https://www.linkedin.com{path}", *match.span())
            elif _is_of_writer(host, path, ours):
                yield Finding("website", f"https://{host}{path}", *match.span())


def _is_marked(match):
    return match[0].lower().startswith(("http", "www."))


def _stands_alone(page, match):
    """Tell of "plastival.com" on a line of its own or beside other points of contact."""
    before = page.folded[max(0, match.start() - 2) : match.start()].rpartition("\n")[2].strip()
    after = page.folded[match.end() : match.end() + 2].partition("\n")[0].strip()
    return before in _APART and after in _APART


def _is_of_writer(host, path, ours):
    bare = host.removeprefix("www.")
    foreign = any(
        bare.startswith(name) or f".{name}" in f".{bare}" for name in _NETWORKS + _NOBODYS
    )
    return not foreign and bare not in ours and path.count("/") <= 1 and "?" not in path
