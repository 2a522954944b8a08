"""E-mail addresses."""

import re

from ..contact import email_address
from ..verdict import INVALID
from .finding import Finding

_ADDRESS_RE = re.compile(
    r"(?<![\w.+-])[\w][\w.+'-]{0,62}@(?:[\w-]{1,62}\.){1,4}[^\W\d_]{2,24}(?![\w@])"
)


def find(page, ours=()):
    """Yield the addresses of the writer, those of persons before "contact@" and the like.

    :param ours: domains of whoever reads: their own addresses are nobody's answer
    """
    found = []
    for span in (*page.senders, *page.lines):
        for match in _ADDRESS_RE.finditer(page.text, *span):
            verdict = email_address.check(match[0])
            page.take(*match.span())
            facts = verdict.facts
            own = facts.get("domain", "") in ours
            if (
                verdict.status != INVALID
                and not own
                and not email_address.never_answers(facts["local"])
            ):
                found.append((facts["role"], Finding("email", verdict.value, *match.span())))
    for _role, finding in sorted(found, key=lambda each: each[0]):
        yield finding
