"""Runs of words with capitals, and whether one is the name of a person."""

import re

from . import words as lexicon

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_CAP = rf"[{_CAPITAL}][\w'’-]{{0,30}}\.?"
_SMALL = (
    r"(?:de la|de l[’']|de|du|des|d[’']|van der|van den|van|von|da|di|del|der|el|al|ben|la|le|les"
    r"|et"
    r"|and|&|of)"
)
#: Words with capitals in a row, small words between them: bounded, so that it stays linear.
RUN_RE = re.compile(
    rf"(?<![\w@.-]){_CAP}(?:(?: {_SMALL}(?: |(?<=[’'])))? ?(?<=[ ’'.]){_CAP}){{0,5}}(?![\w@])"
)
_WORD_RE = re.compile(r"[\w'’.-]+")
_MOST_WORDS = 6


#: Short forms that end with a stop of their own, folded.
_ABBREVIATED_RE = re.compile(r"(?:\b\w|inc|ltd|co|corp|jr|sr|bros|cie|ets)\.$")


def runs(page, start, end):
    """Yield the spans of words with capitals in a row, without the stop of a sentence."""
    for match in RUN_RE.finditer(page.text, start, end):
        yield match.start(), _without_stop(page, match)


def run_at(page, start, end):
    """Return the span of the run of capitals that begins here, ``None`` if none does."""
    match = RUN_RE.match(page.text, start, end)
    return (match.start(), _without_stop(page, match)) if match else None


def _without_stop(page, match):
    words = page.folded[match.start() : match.end()]
    return match.end() - (words.endswith(".") and not _ABBREVIATED_RE.search(words))


def is_person(said, folded, sure=False):
    """Tell whether words are the name of a person: first and last name, or a title and a name.

    :param said: the words as they stand there
    :param folded: the same folded
    :param sure: something else tells that a person is named here: any two names will do

    >>> is_person("Julie Martin", "julie martin"), is_person("Atlas Méca", "atlas meca")
    (True, False)
    >>> is_person("M. Vasseur", "m. vasseur"), is_person("Reto Blanc", "reto blanc", sure=True)
    (True, True)
    """
    parts = list(zip(_WORD_RE.findall(said), _WORD_RE.findall(folded), strict=False))
    has_title = bool(parts) and parts[0][1].strip(".") in lexicon.CIVILITIES
    parts = parts[has_title:]
    if not 2 - has_title <= len(parts) <= _MOST_WORDS or any(map(str.isdigit, said)):
        return False
    if lexicon.COMPANY_RE.search(folded) or not all(_is_of_name(*part) for part in parts):
        return False
    proper = [part for part in parts if part[1] not in lexicon.PARTICLES]
    if len(proper) < 2 - has_title or len(proper) > 4:
        return False
    known = lexicon.is_first_name(proper[0][1]) or (
        proper[0][0].isupper() and lexicon.is_first_name(proper[-1][1])
    )
    return has_title or known or sure


def _is_of_name(said, folded):
    if folded in lexicon.PARTICLES:
        return True
    return said[0].isupper() and lexicon.may_name(folded) and not folded.endswith(".com")


def without_title(page, span):
    """Return the span of a name without the title before it."""
    start, end = span
    while (match := _WORD_RE.match(page.folded, start, end)) and (
        match[0].strip(".") in lexicon.CIVILITIES
    ):
        start = match.end()
        while start < end and page.text[start] in " .\u00a0":
            start += 1
    return (start, end) if start < end else span


_FUNCTION_END_RE = re.compile(
    r"[,;.()\n:]| (?:chez|at|@|pour|for|from|a la)(?= )| - | (?:de|du|d'|of|des) ?(?=\S)"
)


def function_end(page, start, end):
    """Return where a function ends that begins here: "gérante de Simon Optique" has one word."""
    for match in _FUNCTION_END_RE.finditer(page.folded, start, end):
        of = match[0].strip() in ("de", "du", "d'", "of", "des")
        is_name = page.text[match.end() : match.end() + 1].isupper()
        if not of or (is_name and page.text[start].islower()):
            return match.start()
    return end


def agrees(folded, address):
    """Tell whether a name is the one in an e-mail address: "p.girard@...", "julie@...".

    >>> agrees("paul girard", "p.girard@x.fr"), agrees("paul girard", "contact@x.fr")
    (True, False)
    """
    local = address.partition("@")[0].lower()
    names = [name for name in re.findall(r"[a-z]+", folded) if name not in lexicon.PARTICLES]
    return any(name in re.sub("[^a-z]", "", local) for name in names if len(name) > 2)
