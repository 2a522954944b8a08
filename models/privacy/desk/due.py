from datetime import date
from typing import NamedTuple

#: A page has so many lines of one kind at most; the rest is one line.
MOST = 20


class Due(NamedTuple):
    """Something that the privacy officer is to do: a line of the page *Privacy*."""

    #: Tells it from all others; of one record ``f"request_{record.id}"``.
    code: str
    #: Until when, ``None`` where no day is fixed.
    day: date | None
    #: What is to do, a whole sentence.
    title: str
    #: What one has to know beforehand.
    words: str = ""
    #: How many records wait.
    count: int = 1
    #: Name of an action of the module, or ``(name, {"domain": ...})``: what the button opens.
    action: str | tuple[str, dict] = ""
    #: Words of the button; *Look* where there are none.
    button: str = ""
