"""What a public register answers, whichever it is."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Candidate:
    """A company that a register found for a name.

    :ivar number: what :meth:`read` takes
    :ivar name: as the register writes it; ``""`` where it must not be told
    :ivar state: ``open``, ``closed``, or ``""`` where the register does not say
    :ivar country: code of the country
    """

    number: str
    name: str
    town: str = ""
    state: str = ""
    country: str = ""
    source: str = ""


@dataclass(frozen=True)
class Found:
    """What a register says of one company.

    :ivar values: plain values by question code: what may be proposed
    :ivar as_of: the moment of which it is true (UTC), where the register says so
    :ivar url: a page on which people read the same
    :ivar evidence: what no question holds, as JSON: ``number`` that was read; ``closed``, the day
        on which the company closed, ``True`` if that is not known; ``consultation`` number of a
        check; and what the adapter of a source adds
    :ivar warnings: codes of :data:`WARNINGS`
    """

    values: dict = field(default_factory=dict)
    source: str = ""
    as_of: datetime | None = None
    url: str = ""
    evidence: dict = field(default_factory=dict)
    warnings: tuple = ()


@dataclass(frozen=True)
class NotFound:
    """The register knows no such number: for VAT, it says that the number is not valid."""

    source: str = ""
    as_of: datetime | None = None
    evidence: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Unavailable:
    """There is no answer, which says nothing of the company.

    :ivar reason: one of :data:`REASONS`
    :ivar wait: seconds after which to try again, where the register or its limit says so
    """

    reason: str
    wait: float | None = None
    source: str = ""


class Silent(Exception):
    """No answer: what becomes :class:`Unavailable`."""

    def __init__(self, reason, wait=None):
        super().__init__(reason)
        self.reason, self.wait = reason, wait


REASONS = (
    "off",  # nobody has switched the register on
    "no_key",  # it needs a key that nobody has typed
    "not_a_number",  # what was typed is no number that this register knows
    "too_short",  # too few characters to search for
    "busy",  # as many questions as the register allows are on their way
    "asked_to_wait",  # the register asks to come back later
    "unreachable",  # nobody answers at its address
    "slow",  # no whole answer in time
    "refused",  # it refuses: a wrong key, among other reasons
    "failing",  # it says itself that it is out of order
    "nonsense",  # what it answers cannot be used
    "not_understood",  # it does not understand the question
    "requester",  # it refuses the VAT number of whoever asks
    "no_verdict",  # the tax office of the country does not answer it
)

WARNINGS = (
    "closed",  # the company has closed
    "place_closed",  # it lives, but not at the address that the number is about
    "masked",  # the company has asked not to be told about
    "by_hand",  # nothing was asked: the page is there to be read
)
