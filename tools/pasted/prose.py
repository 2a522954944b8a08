"""Who is spoken of in running text and notes: "Appel avec Nadia Benali, QHSE chez Vasseur"."""

import re

from . import words as lexicon
from .names import function_end, is_person, run_at, runs, without_title
from .signature import Block

#: Words before the name of whoever was met, or who writes, folded.
_MET_RE = re.compile(
    r"(?:\bavec|\bvue?|\brencontree?s?|\bwith|\bto|\bmet|\bcontact|\bappele|je suis|je m'appelle"
    r"|moi c'est"
    r"|my name is|i am|i'm|this is|au salon|presents?|present|\bcontacter) ?:? ?$"
)
#: What stands between a name and a function, folded.
_LEAD_RE = re.compile(
    r"[ ,(]{1,3}(?:(?:et |and )?(?:je suis|i am|i'm|is) )?(?:(?:le|la|the|un|une|an?|notre) |l')?"
)
_AT_RE = re.compile(
    r"[ ,(]{0,3}(?:chez|at|@|from|of|with|de la societe|de l'entreprise|de la|de l'|de|du|des|d'"
    r"|pour|for) ?"
)
#: What only a company follows, be it called like a person.
_AT_COMPANY_RE = re.compile(r"chez|at |\(|from|of |du |, ")
_COMMA_RE = re.compile(r" ?[(,:] ?| - ")
#: What a note begins with before the company that it is about, folded.
_HEADING_RE = re.compile(
    r"(?:(?:rdv|rendez-vous|visite|appel|call|client|prospect|visited|met|compte rendu|cr|meeting"
    r"|chez) ?:? ?"
    r"(?:chez |avec |with |at )?)?"
)
_HEADING_END_RE = re.compile(r" ?(?:$|[:,(]| - | – |\.(?: |$))")


def find(page):
    """Return the :class:`Block` of the first person of whom the text speaks."""
    for clause in page.clauses:
        for run in runs(page, *clause):
            if span := _person(page, clause, run):
                return _block(page, clause, span)
    return Block(None, None, heading(page))


def _person(page, clause, run):
    """Return the span of a name in a run of capitals, ``None`` where it holds none."""
    start, end = run
    words = page.folded[start:end].split()
    while (
        words and words[0].strip(".:") not in lexicon.CIVILITIES and not lexicon.may_name(words[0])
    ):
        start += len(words.pop(0))  # "Vu Alain Mercier", "Met Ana Flores"
        while start < end and page.text[start] in " \u00a0":
            start += 1
    if start >= end or page.is_taken(start, end):
        return None
    met = _MET_RE.search(page.folded[clause[0] : start])
    after = page.folded[end : end + 1]
    for stop in _ends(page, start, end):
        said, folded = page.text[start:stop], page.folded[start:stop]
        sure = bool(met) and after in (",", " ", "(")
        if is_person(said, folded, sure or _names_company(page, stop, clause[1])):
            return without_title(page, (start, stop))
    return None


def _names_company(page, place, end):
    """Tell whether a company is named right behind: "Moira Kelly, Kelly Foods"."""
    lead = _COMMA_RE.match(page.folded, place, end)
    run = run_at(page, lead.end(), end) if lead else None
    return bool(run and lexicon.COMPANY_RE.search(page.folded, *run))


def _ends(page, start, end):
    """Yield where a name may end: "Marc Roux de Thermovap" and "Dana Roux of Acme" end early."""
    for match in re.finditer(r" (?:de|du|des|of|from|and|et|&) ", page.text[start:end]):
        yield start + match.start()
    yield end


def _block(page, clause, span):
    function = company = None
    place = span[1]
    if match := _function_after(page, place, clause[1]):
        function, place = match, match[1]
    place = _skip(page.text, place, ")")
    company = _company_after(page, place, clause[1]) or _company_before(page, clause, span)
    if company and not function:
        place = _skip(page.text, company[1], ")")
        function = _function_after(page, place, clause[1])
    return Block(span, function, company or heading(page, span))


def _skip(text, place, sign):
    return place + 1 if text[place : place + 1] == sign else place


def _function_after(page, place, end):
    """Return the span of the function behind a name."""
    lead = _LEAD_RE.match(page.folded, place, end)
    if not lead:
        return None
    start = lead.end()
    stop = function_end(page, start, end)
    words = page.folded[start:stop]
    return (start, stop) if words and lexicon.is_function(words) else None


def _company_after(page, place, end):
    """Return the span of the company behind a name or a function: "chez Néolia", "(Néolia)"."""
    lead = _AT_RE.match(page.folded, place, end) or _COMMA_RE.match(page.folded, place, end)
    if not lead:
        return None
    run = run_at(page, lead.end(), end)
    return _company(page, run, lead[0]) if run else None


def _company(page, run, lead=""):
    words = page.words(run)
    named = lexicon.may_name(words.split()[0]) or bool(lexicon.COMPANY_RE.match(words))
    if not named or page.is_taken(*run) or lexicon.is_function(words):
        return None
    is_other = is_person(page.said(run), words)
    return None if is_other and not _AT_COMPANY_RE.search(lead) else run


def _company_before(page, clause, span):
    """Return the span of the company named before a person: "MEUNIER TP - Pascal Meunier"."""
    before = page.text[clause[0] : span[0]]
    match = re.search(r"(?: ?[-–—:,(] ?(?:met |vu |with |avec )?)$", before)
    if not match:
        return None
    return heading(page, None, clause)


def heading(page, person=None, line=None):
    """Return the span of the company that stands first in a note."""
    if line is None:
        if not page.lines:
            return None
        line = page.lines[0]
    words = page.folded[line[0] : line[1]]
    start = line[0] + _HEADING_RE.match(words).end()
    run = run_at(page, start, line[1])
    if not run or (person and run[0] <= person[0] < run[1]):
        return None
    if not _HEADING_END_RE.match(page.folded, run[1], line[1]):
        return None
    folded = page.words(run)
    many = " " in folded or start > line[0]
    if not many or is_person(page.said(run), folded) or folded.split()[0] in lexicon.GREETINGS:
        return None
    return None if lexicon.is_closing(folded) else _company(page, run)
