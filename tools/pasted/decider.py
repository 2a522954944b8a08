"""Who decides or signs."""

import re

from . import words as lexicon
from .finding import Finding
from .names import RUN_RE

#: A person behind these words, folded.
_BEFORE_RE = re.compile(
    r"(?:\bdecideu(?:r|se)s?(?: final| principal)?|\bdecisionnaires?|\bdecision[ -]makers?|\bdecider"
    r"|\bsignataires?|\bfinal decision|\bdecision finale|decision (?:prise|validee) par|la decision revient a"
    r"|\bsign(?:ed)?[ -]?off (?:by|from)|\bdecided by|\bdecision (?:by|is made by|made by|rests with|lies with)"
    r"|\bvalidation (?:par|de)|\bapproved by)"
    r" ?(?:(?:est|is|sera|=|:|-|c'est) ?)?(?:a )?"
)
#: A person between these words.
_QUI_RE = re.compile(
    r"\bc'est (?P<who>[^,;.\n]{2,50}?) qui (?:decide|signe|valide|tranche|prend la decision|a le dernier mot)"
)
_WHO_RE = re.compile(r"(?<![\w'])(?P<who>[^,;.\n]{2,40}?) (?:decides|signs off|makes the decision|has the final say)\b")
_PRONOUNS = frozenset(("lui", "elle", "he", "she", "moi", "i"))
_NOBODY_RE = re.compile(r"(?:pas|non|inconnue?|unknown|not|a (?:identifier|definir|confirmer)|tbd|tbc|aucun|qui|\?)\b")
_ROLE_RE = re.compile(r"(?:le|la|l'|the|leur|his|her|our|notre|son|sa) ?(?=[a-z])")
_TITLED_RE = re.compile(r"(?:his|her|their|our|son|sa|leur|notre) [a-z]{2,20}, ")


def find(page, name=None):
    """Yield who decides.

    :param name: the person whom the text is about, for "c'est lui qui signe"
    """
    for clause in page.clauses:
        for match in _BEFORE_RE.finditer(page.folded, *clause):
            yield from _named(page, match.end(), clause[1])
        for pattern in (_QUI_RE, _WHO_RE):
            for match in pattern.finditer(page.folded, *clause):
                yield from _whom(page, match, name)


def _whom(page, match, name):
    if match["who"] in _PRONOUNS:
        if name:
            yield Finding("decision_maker", name, *match.span())
    else:
        yield from _named(page, match.start("who"), match.end("who"))


def _named(page, start, end):
    if _NOBODY_RE.match(page.folded, start, end):
        return
    if titled := _TITLED_RE.match(page.folded, start, end):
        start = titled.end()
    if run := RUN_RE.match(page.text, start, end):
        said = _without_stop(run[0])
        if lexicon.may_name(page.folded[run.start() : run.end()].split()[0].strip(".")) or (
            page.folded[run.start() :].split()[0].strip(".") in lexicon.CIVILITIES
        ):
            yield Finding("decision_maker", said, run.start(), run.start() + len(said))
        return
    role = _ROLE_RE.match(page.folded, start, end)
    stop = re.search(r"[,;.(\n]|$", page.folded[start:end]).start() + start
    if role and lexicon.is_function(page.folded[role.end() : stop].strip()):
        yield Finding("decision_maker", page.text[start:stop].strip(), start, stop)


def _without_stop(said):
    return said[:-1] if said.endswith(".") and len(said.split()[-1]) > 3 else said
