"""Places as they are compared: a street without its kind of road, a town without its saint."""

import re

from .match_name import fold, skeleton

_NUMBER_RE = re.compile(r"\b\d+(?=\s*(?:bis|ter|quater|[a-d])?\b)")
_WORD_RE = re.compile(r"[^\W_]+")
_NOISE = frozenset(
    "rue r avenue av ave bd boulevard bvd blvd place pl chemin che impasse imp allee all route rte"
    " quai square sq cours passage lot lotissement res residence imm immeuble appt appartement app"
    " apt etage etg bp cs bat batiment hay hai douar lieu dit n no numero bis ter de du des la le"
    " les l d et street st road rd crescent cr circuit cct close cl court ct drive dr lane".split()
)
_SAINT_RE = re.compile(r"\bs(?:ain)?t(e?)\b")
_CEDEX_RE = re.compile(r"\bcedex\b.*")


def street(text):
    """Return ``(number, name)`` of a street; ``("", "")`` where there is none.

    >>> street("12 bis, rue de la Paix"), street("Av. Hassan II, n° 45"), street("")
    (('12', 'paix'), ('45', 'hassan ii'), ('', ''))
    """
    text = _NUMBER_RE.sub(r" \g<0> ", fold(text))
    number = _NUMBER_RE.search(text)
    words = [word for word in _WORD_RE.findall(text) if word not in _NOISE and not word.isdigit()]
    return number[0] if number else "", " ".join(words)


def town(text):
    """Return the name of a town to compare.

    >>> town("St-Denis Cedex 2"), town("SAINT DENIS"), town("Aix-en-Provence")
    ('saint denis', 'saint denis', 'aix en provence')
    """
    words = " ".join(_WORD_RE.findall(_CEDEX_RE.sub("", fold(text))))
    return _SAINT_RE.sub(r"saint\1", words)


def street_key(number, name):
    """Return what two ways to write one address have in common, ``""`` without a number.

    >>> street_key("12", "hassan ii") == street_key("12", "hasan ii"), street_key("", "paix")
    (True, '')
    """
    words = " ".join(skeleton(word) for word in name.split())
    return f"{number} {words}" if number and words else ""
