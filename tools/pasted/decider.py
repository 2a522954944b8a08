"""Who decides or signs."""

import re

from . import words as lexicon
from .finding import Finding
from .lines import trimmed
from .names import run_at, runs

#: A person behind these words, folded.
_BEFORE_RE = re.compile(
    r"(?:\bdecideu(?:r|se)s?(?: final(?:e|s)?| principal(?:e)?)?|\bdecisionnaires?(?: final(?:e"
    r"|s)?)?"
    r"|\bdecision[ -]makers?|\bdecider|\bsignataires?|\bbudget holder|\bsign(?:ed)?[ -]?off(?: by"
    r"| from)?"
    r"|\bfinal decision|\bdecision(?: finale)?(?= ?:)|\bdecision finale"
    r"|\bdecision (?:est )?(?:prise|validee) par"
    r"|\b(?:decision|validation)(?: finale)? (?:revient|appartient) a"
    r"|\bdecision(?: finale)? depend de"
    r"|\bdecided by|\bdecision (?:by|is made by|made by|rests with|lies with|is up to)"
    r"|\bapproved by"
    r"|\bvalides?(?:es?)? par|\bvalidation (?:par|de)|\bil faut l'(?:accord|aval) de|\bit's up to"
    r"|\bthe (?:one|person) who (?:signs|decides) is|\bcelui qui (?:signe|decide)"
    r"|\bcelle qui (?:signe|decide))"
    r" ?(?:(?:est|is|sera|=|:|-|c'est) ?)?(?:a |by |par )?"
)
#: A person between these words.
_QUI_RE = re.compile(
    r"\bc'est (?P<who>(?:m\. |mr\. |dr\. )?[^;.\n]{2,60}?),? qui (?:decide|signe|valide|tranche"
    r"|prend la decision|a le dernier mot)"
)
#: What a person does or is, behind their name.
_DOES_RE = re.compile(
    r" (?:decides?|tranche|signs off|makes the (?:final )?decision|has the (?:final|last) (?:say"
    r"|word)"
    r"|a le dernier mot|prend la decision|signe(?: tout| les commandes| le devis)?"
    r"|valide)\b(?! pas)"
    r"| (?:est|sera|is|will be) (?:le|la|the|notre|our) (?:decideur|decideuse|decisionnaire"
    r"|signataire|decision[ -]maker)"
    r"|(?:,| -) (?:decideur|decideuse|decisionnaire|decision[ -]maker)\b(?! :)"
    r"| \((?:decideur|decideuse|decisionnaire|decision[ -]maker)\b"
)
_SHE_RE = re.compile(
    r"\b(?:he|she) (?:decides|signs|signs off|makes the (?:final )?decision|has the (?:final"
    r"|last) say"
    r"|is the decision[ -]maker)\b"
    r"|\b(?:il|elle) (?:decide|signe|tranche|a le dernier mot|est (?:le |la )?(?:decideur"
    r"|decideuse|decisionnaire))\b(?! pas)"
    r"|\bc'est (?:lui|elle) (?:le |la )?(?:decideur|decideuse|decisionnaire)\b"
)
_AND_RE = re.compile(" (?:et|and|&|ou|or) ")
_PRONOUNS = frozenset(("lui", "elle", "moi"))
_NOBODY_RE = re.compile(
    r"(?:pas|non|inconnue?|unknown|not|a (?:identifier|definir|confirmer)|tbd|tbc|aucun|qui|\?)\b"
)
_ROLE_RE = re.compile(r"(?:le|la|l'|the|leur|his|her|our|notre|son|sa) ?(?=[a-z])")
_TITLED_RE = re.compile(r"(?:his|her|their|our|son|sa|leur|notre) [a-z]{2,20}, ")


def find(page):
    """Yield who decides, as far as the text names them."""
    for clause in page.clauses:
        for match in _BEFORE_RE.finditer(page.folded, *clause):
            yield from _named(page, match.end(), clause[1])
        for match in _QUI_RE.finditer(page.folded, *clause):
            if match["who"] not in _PRONOUNS:
                yield from _named(page, match.start("who"), match.end("who"))
        for run in runs(page, *clause):
            if _DOES_RE.match(page.folded, run[1], clause[1]):
                yield from _named(page, *run)


def find_spoken_of(page, name):
    """Yield the person whom the text is about where it says "c'est lui qui signe"."""
    for clause in page.clauses:
        for match in _QUI_RE.finditer(page.folded, *clause):
            if match["who"] in _PRONOUNS:
                yield Finding("decision_maker", name, *match.span())
        for match in _SHE_RE.finditer(page.folded, *clause):
            yield Finding("decision_maker", name, *match.span())


def _named(page, start, end):
    if _NOBODY_RE.match(page.folded, start, end):
        return
    if titled := _TITLED_RE.match(page.folded, start, end):
        start = titled.end()
    run = run_at(page, start, end)
    if run and (span := _person(page, run)):
        yield Finding("decision_maker", page.said(span), *span)
        return
    role = _ROLE_RE.match(page.folded, start, end)
    stop = re.search(r"[,;.(\n]|$", page.folded[start:end]).start() + start
    if role and lexicon.is_function(page.folded[role.end() : stop].strip()):
        yield Finding(
            "decision_maker",
            page.said(trimmed(page.text, start, stop)),
            *trimmed(page.text, start, stop),
        )


def _person(page, run):
    """Return the span of the first name in a run of capitals, ``None`` where it is none."""
    first = page.words(run).split()[0].strip(".")
    if not (lexicon.may_name(first) or first in lexicon.CIVILITIES):
        return None
    if lexicon.is_function(page.words(run)) and len(first) > 3:
        return None  # "Owner decides"; but "CFO" is all that is known
    second = _AND_RE.search(page.text, *run)
    return run[0], second.start() if second else run[1]
