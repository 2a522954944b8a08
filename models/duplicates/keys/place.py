"""Places as they are compared: a street without its kind of road, a town without its saint."""

import re

from .name import fold_name, skeleton

_NUMBER_RE = re.compile(r"\b\d+(?=\s*(?:bis|ter|quater|[a-d])?\b)")
_WORD_RE = re.compile(r"[^\W_]+")
#: A part of a building and a box of the post office: their numbers are not those of the street.
_UNIT_RE = re.compile(
    r"\b(?:suite|ste|unit|apt|appt|appartement|apartment|app|room|rm|bureau|porte|etage|floor|fl"
    r"|bat|batiment|bp|cs|po box|box|bte|boite)\b[\s.:]*(?:no?\b[\s.]*)?(?:\d+[a-z]?|[a-z])\b"
    r"|\b\d+\s*(?:st|nd|rd|th|er|e|eme|ere)\s+(?:floor|fl|etage|etg)\b|#\s*\w+"
)
_NOISE = frozenset(
    "rue r avenue av ave bd boulevard boul bld blv bvd blvd place pl chemin che ch impasse imp"
    " allee all route rte quai square sq cours passage lot lotissement res residence imm immeuble"
    " appt appartement app apt etage etg bp cs bat batiment hay hai douar lieu dit n no numero bis"
    " ter faubourg fg sentier ruelle esplanade espl de du des d la le les l et street st road rd"
    " crescent cr circuit cct close cl court ct drive dr lane ln way terrace parkway pkwy highway"
    " hwy alley plaza plz floor fl".split()
)
#: Written or not, and in two ways: they go where anything else is left.
_DIRECTIONS = frozenset(
    "n s e w o north south east west nord sud est ouest ne nw se sw no so saint sainte ste".split()
)
_SAINT_RE = re.compile(r"\bs(?:ain)?t(e?)\b")
_CEDEX_RE = re.compile(r"\bcedex\b.*")


def street(text):
    """Return ``(number, name)`` of a street; ``("", "")`` where there is none.

    >>> street("12 bis, rue de la Paix"), street("Av. Hassan II, n° 45"), street("")
    (('12', 'paix'), ('45', 'hassan ii'), ('', ''))
    >>> street("401 N. Saint Louis Ave., 2nd Floor"), street("401 North St Louis Avenue")
    (('401', 'louis'), ('401', 'louis'))
    >>> street("3 av. du Nord"), street("BP 12, 8 bd Ste Anne")
    (('3', 'nord'), ('8', 'anne'))
    """
    text = fold_name(text)
    text = _NUMBER_RE.sub(r" \g<0> ", _UNIT_RE.sub(" ", text) or text)
    number = _NUMBER_RE.search(text)
    words = [word for word in _WORD_RE.findall(text) if word not in _NOISE and not word.isdigit()]
    words = [word for word in words if word not in _DIRECTIONS] or words
    return number[0] if number else "", " ".join(words)


def town(text):
    """Return the name of a town to compare.

    >>> town("St-Denis Cedex 2"), town("SAINT DENIS"), town("Aix-en-Provence")
    ('saint denis', 'saint denis', 'aix en provence')
    """
    words = " ".join(_WORD_RE.findall(_CEDEX_RE.sub("", fold_name(text))))
    return _SAINT_RE.sub(r"saint\1", words)


def street_key(number, name):
    """Return what two ways to write one address have in common, ``""`` without a number.

    >>> street_key("12", "hassan ii") == street_key("12", "hasan ii"), street_key("", "paix")
    (True, '')
    """
    words = " ".join(skeleton(word) for word in name.split())
    return f"{number} {words}" if number and words else ""
