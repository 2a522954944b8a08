"""Morocco: no register of it may be asked by a program, so that the official page is opened.

The ICE is checked here; what a person reads there, they type.
"""

from ....tools.ids import company_id
from .answer import Found

CODE = "morocco"
URL = "https://www.ice.gov.ma"
COUNTRIES = frozenset("MA".split())
KNOWS = frozenset(("company",))
NEEDS_KEY = False
BURST = 1


def headers(key):
    """Return what is sent with every question: none is."""
    return {}


def number(text, country=""):
    """Return the ICE in a text, ``""`` if there is none whose check digits are right.

    >>> number("ICE : 001561191000066"), number("001561191000065")
    ('001561191000066', '')
    """
    verdict = company_id.check(text, "MA")
    return verdict.value if verdict.facts.get("country") == "MA" else ""


def search(http, text, country):
    """Return nothing: nobody is asked."""
    return []


def read(http, number):
    """Return the page on which people read what is known of an ICE."""
    found = {"company_registry": number}
    return Found(found, CODE, None, http.base, {"number": number}, ("by_hand",))
