"""What can be said of a question from how leads ended, without calling it a cause."""

from ....tools.proportion import newcombe

#: Fewer leads than these, with the answer or without, say nothing; nor do fewer sheets.
LEAST = 30

VERDICTS = [
    ("helps", "Goes with won deals"),
    ("against", "Goes with lost deals"),
    ("none", "No difference seen"),
    ("too_few", "Too few leads"),
    ("unread", "Nothing uses it"),
]

#: Whoever answers so many sheets of a hundred finds an answer worth the trouble.
USED_FROM = 20


def verdict(known_won, known, missing_won, missing, is_used):
    """Return a key of :data:`VERDICTS`.

    A difference that is seen counts even where nothing uses the answer: it should be used.

    >>> verdict(60, 80, 40, 80, True), verdict(42, 80, 40, 80, True), verdict(42, 80, 40, 80, False)
    ('helps', 'none', 'unread')
    >>> verdict(29, 29, 0, 80, True), verdict(0, 0, 0, 0, False)
    ('too_few', 'unread')
    """
    if min(known, missing) >= LEAST:
        difference = newcombe(known_won, known, missing_won, missing)
        if difference.low > 0:
            return "helps"
        if difference.high < 0:
            return "against"
        return "none" if is_used else "unread"
    return "too_few" if is_used else "unread"
