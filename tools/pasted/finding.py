"""What was found in a pasted text."""

from typing import Any, NamedTuple


class Finding(NamedTuple):
    """An answer that stands in a text.

    :ivar code: of the question that it answers
    :ivar value: a text, a number, an ISO date, or a :class:`Money`
    :ivar start: where the words that say so begin in the text
    :ivar end: where they end
    """

    code: str
    value: Any
    start: int
    end: int


class Money(NamedTuple):
    """An amount: ``low`` or ``high`` is ``None`` where the text names no such end.

    :ivar currency: ISO 4217 code, ``""`` where the text names none
    """

    low: float | None
    high: float | None
    currency: str
