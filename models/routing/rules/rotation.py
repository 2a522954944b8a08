"""Whose turn it is, when any number of workers hand out numbers without waiting."""

import random


def place(key, turn, count):
    """Return which of ``count`` people the turn is for, from 0 on.

    Each round of ``count`` turns reaches everybody once, in an order of its own: things that
    come in a pattern do not always meet the same person.  All workers find the same order.

    :param key: what the turns are about; other keys have other orders
    :param turn: a number that is handed out once, from 0 on

    >>> sorted(place("rule 1", turn, 3) for turn in (0, 1, 2))
    [0, 1, 2]
    >>> place("rule 1", 7, 1)
    0
    """
    around, step = divmod(turn, count)
    return random.Random(f"{key}-{around}").sample(range(count), count)[step]
