"""Until when a customer needs it."""

import re

from . import periods
from .finding import Finding

#: Words that make a day one until when something is needed.
_NEED_RE = re.compile(
    r"\bavant\b|\bd'ici|\bpour le\b|\bpour\b|\bsous\b|echeance|\bdelai|deadline|livr(?:er|aison"
    r"|e\b)"
    r"|demarr|install|mise en service|mise en place|operationnel|\bbesoin|\bby\b|\bbefore\b"
    r"|\bwithin\b"
    r"|\bneed|in place|go[ -]live|\bdue\b|deliver|\btarget|\blancer|lancement|remplac|equip"
    r"|au plus tard"
    r"|no later|\brunning\b|\bprojet\b|\bstart\b|up and running|souhait|\bwants?\b|engager|complete"
)
#: Words just before a day that make it such a day whatever else is said.
_UNTIL_RE = re.compile(
    r"(?:\bavant(?: le| la)?|\bd'ici(?: a| le| la)?|\bpour(?: le)?|\bby(?: the)?|\bbefore(?: the)?"
    r"|au plus tard(?: le)?|no later than|\bdue(?: on| by)?|(?:echeance|deadline|date limite"
    r"|delai) ?:?"
    r"(?: le)?) ?$"
)
#: Words that make it something else: calls, meetings, absences, what has been.
_OTHER_RE = re.compile(
    r"rappel|\brdv\b|rendez-vous|\bappel(?:er|e|ez)?\b|absent|conges?\b|retour|reunion|\bcree|fonde"
    r"|depuis|\bnee?\b|call(?:s|ed|ing)?\b|meeting|\bmet\b|founded|since|facture|invoice|commande\b"
    r"|\btalk|\bvalable|\bvalid|\bborn|offre|offer|\bvu\b|visite|out of office|\bback\b|rencontre"
    r"|salon|\bshow\b|\bfair\b|\bdated?\b|ferme|closed|disponible|available|relance|follow[ -]up"
    r"|demo"
)
#: What names a time to come by itself.
_CLEAR = ("within", "of_month", "of_year", "quarter")
_VAGUE_WITHIN = ("dans", "in ", "in t")
_PART_RE = re.compile(r", (?!20\d\d)| - |; | \| |: (?=\d)| et (?=\w+ (?:avant|d'ici|pour))")
_MONTH_FIRST = frozenset(("US",))


def find(page):
    """Yield the days until when something is needed."""
    for clause in page.clauses:
        for start, end in page.between(clause, _PART_RE):
            if not _OTHER_RE.search(page.folded, start, end):
                yield from _in_part(page, clause, start, end)


def _in_part(page, clause, start, end):
    used = []
    needed = bool(_NEED_RE.search(page.folded, *clause))
    for kind, pattern in periods.PATTERNS:
        for match in pattern.finditer(page.folded, start, end):
            span = match.span()
            if any(a < span[1] and span[0] < b for a, b in used) or page.is_taken(*span):
                continue
            used.append(span)
            if day := _day(page, kind, match, start, needed):
                yield Finding("deadline", day.isoformat(), *span)


def _day(page, kind, match, start, needed):
    before = page.folded[max(start, match.start() - 24) : match.start()]
    until = _UNTIL_RE.search(before)
    clear = kind in _CLEAR and not match[0].startswith(_VAGUE_WITHIN)
    if not (until or clear or (needed and kind not in ("month", "event"))):
        return None
    word = until[0].split()[0] if until else ""
    day = periods.ending(kind, match, word, page.today, page.home in _MONTH_FIRST)
    return day if day and day >= page.today else None
