"""Names of list values as people and other programs write them."""

import re

from ....tools.text.fold import without_accents

#: Longer texts are no names of values.
LONGEST = 250

_NUMBER_GAP_RE = re.compile(r"(?<=\d)[ ,.'’](?=\d{3}(?!\d))")
_RANGE_RE = re.compile(r"(?<=\d)\s*(?:[-–—_/]|\.\.+|\b(?:to|a|bis|et|and|tot|until)\b)\s*(?=\d)")
_BETWEEN_RE = re.compile(r"^(?:entre|de|between|from|zwischen|von)\s+(?=\d+-\d)")
_MORE_RE = re.compile(
    r"(?:\b(?:plus de|more than|over|above|mehr als|des)\b|>)\s*=?\s*(\d+)|(\d+)\s*"
    r"(?:\+|(?:\w+ )?\b(?:et|ou|and|or) (?:plus|more|over|above)\b|_more\b)"
)
_LESS_RE = re.compile(
    r"(?:\b(?:moins de|less than|under|below|up to|jusqu a|jusqu'a)\b|<)\s*=?\s*(\d+)"
)
#: What is counted in a band goes without saying.
_COUNTED_RE = re.compile(
    r"\b(?:employees?|employes?|salaries?|personnes?|persons?|people|staff|collaborateurs?"
    r"|collaborators?|effectifs?|emp|pers)\b"
)
_IN_BRACKETS_RE = re.compile(r"\s*\([^()]*\)\s*$")
_DROPPED_RE = re.compile(r"[^\w+<>€%-]|_")


def fold_choice(text):
    """Return what is equal for two ways to write one value of a list.

    Case, accents, dots and spaces do not count, nor how a range is written.

    >>> fold_choice("S.A.R.L."), fold_choice("Site  Web"), fold_choice("Trade-fair")
    ('sarl', 'siteweb', 'tradefair')
    >>> {fold_choice(text) for text in ("1,000 to 4,999 employees", "1 000 à 4 999", "1000_4999")}
    {'1000-4999'}
    >>> {fold_choice(text) for text in ("50+", "50 et plus", "plus de 50 salariés", "> 50")}
    {'50+'}
    """
    folded = without_accents(str(text or "")[:LONGEST].casefold())
    folded = _NUMBER_GAP_RE.sub("", " ".join(folded.split()))
    folded = _COUNTED_RE.sub("", _BETWEEN_RE.sub("", _RANGE_RE.sub("-", folded)))
    folded = _MORE_RE.sub(lambda match: f"{match[1] or match[2]}+", " ".join(folded.split()))
    folded = _LESS_RE.sub(r"<\1", folded)
    folded = _DROPPED_RE.sub("", folded)
    return re.sub(r"(?<!\d)-|-(?!\d)", "", folded)


def without_brackets(text):
    """Return a name without what it is told from others by: "SARL (FR)".

    >>> without_brackets("SARL (FR)"), without_brackets("(FR)")
    ('SARL', '(FR)')
    """
    return _IN_BRACKETS_RE.sub("", text) or text
