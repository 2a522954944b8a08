"""What a share of a few dozen cases says, and what it does not: intervals of 95 %."""

from math import sqrt
from typing import NamedTuple

#: Of a normal distribution, 95 % lie within so many deviations.
Z = 1.959963984540054


class Interval(NamedTuple):
    """A share, or a difference of two, and between which values it lies with 95 % confidence."""

    value: float
    low: float
    high: float


def wilson(part, whole):
    """Return the interval of a share, by Wilson's score; of nothing, all is possible.

    >>> [round(each, 4) for each in wilson(81, 263)]
    [0.308, 0.2553, 0.3662]
    >>> wilson(0, 0)
    Interval(value=0.0, low=0.0, high=1.0)
    """
    if not whole:
        return Interval(0.0, 0.0, 1.0)
    share, z2 = part / whole, Z * Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z * sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    # rounding must not put the share outside of its own interval
    return Interval(share, max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share)))


def newcombe(part, whole, other_part, other_whole):
    """Return the interval of a share less another, by Newcombe's method of two Wilson intervals.

    >>> [round(each, 4) for each in newcombe(56, 70, 48, 80)]
    [0.2, 0.0524, 0.3339]
    """
    one, other = wilson(part, whole), wilson(other_part, other_whole)
    value = one.value - other.value
    below = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Interval(value, value - below, value + above)
