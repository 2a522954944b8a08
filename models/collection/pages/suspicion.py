"""How much what was sent looks like spam.  Suspicion holds for a person to look, never loses.

Nobody else is asked, unless a setting says that the captcha of the website is: no list of
addresses.
"""

import hashlib
import re
from typing import NamedTuple

#: What each sign weighs.
POINTS = {
    "honeypot": 3,
    "network": 3,
    "captcha": 3,
    "too_fast": 2,
    "links": 2,
    "throw_away": 1,
}

#: The signs that a computer which has worked for it makes up for, and by how many points.
SOFT = frozenset({"too_fast", "links", "throw_away"})
PROOF = 2

#: People need longer than this to fill in a form (seconds).
FASTEST = 3

LINKS_AT_MOST = 2
LINK = re.compile(r"https?://|\bwww\.|\[url|<a\s", re.I)

#: The zeros, in bits, at the start of the hash that the page looks for: a second of a phone.
WORK = 13


class Signs(NamedTuple):
    """What is noticed about something sent.

    ``texts`` are what people wrote freely; ``is_refused`` says that a captcha takes the visitor for
    a program, ``is_proven`` that the page did its work.
    """

    honeypot: str = ""
    seconds: float = FASTEST
    texts: tuple[str, ...] = ()
    is_throw_away: bool = False
    is_flood: bool = False
    is_refused: bool = False
    is_proven: bool = False


def weigh(signs):
    """Return ``(points, codes of what was noticed)``, the gravest first."""
    found = {
        "honeypot": bool(signs.honeypot.strip()),
        "network": signs.is_flood,
        "captcha": signs.is_refused,
        "too_fast": signs.seconds < FASTEST,
        "links": links(signs.texts) > LINKS_AT_MOST,
        "throw_away": signs.is_throw_away,
    }
    codes = [code for code, is_noticed in found.items() if is_noticed]
    return points(codes, signs.is_proven), codes


def points(codes, is_proven=False):
    """Return the points of what was noticed, where a page has done its work or has not."""
    soft = sum(POINTS[code] for code in codes if code in SOFT)
    hard = sum(POINTS[code] for code in codes if code not in SOFT)
    return hard + max(0, soft - PROOF * is_proven)


def links(texts):
    """Return how many links there are in some texts.

    >>> links(["See https://a.example and www.b.example", "<a href='http://c.example'>"])
    4
    """
    return sum(len(LINK.findall(text)) for text in texts)


def is_work(token, answer):
    """Return whether ``answer`` is the number that a page had to look for.

    >>> is_work("ticket", "1"), is_work("ticket", "²"), is_work("ticket", "9" * 99)
    (False, False, False)
    """
    if not (answer.isascii() and answer.isdecimal() and len(answer) <= 12):
        return False
    found = hashlib.sha256(f"{token}:{answer}".encode()).digest()
    return int.from_bytes(found[:4]) >> (32 - WORK) == 0
