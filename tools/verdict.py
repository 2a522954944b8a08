"""What a check says of one value: how far it can be trusted, why, and how to write it."""

from dataclasses import dataclass, field

UNCHECKED, VALID, DOUBTFUL, INVALID = "unchecked", "valid", "doubtful", "invalid"


@dataclass(frozen=True)
class Verdict:
    """The result of checking a value that somebody typed.

    :ivar status: ``valid``, ``doubtful``, ``invalid`` or ``unchecked`` (nothing can tell)
    :ivar reason: a code that the user interface puts into words; ``""`` where all is well
    :ivar value: the canonical form, for storage and comparison; ``""`` where there is none
    :ivar shown: the form for people to read; ``""`` where there is none
    :ivar facts: further results by name, each documented by the check that gives it
    """

    status: str
    reason: str = ""
    value: str = ""
    shown: str = ""
    facts: dict = field(default_factory=dict, hash=False)
