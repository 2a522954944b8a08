"""A pair of counts: what is added up, and the value that follows."""

from typing import NamedTuple


class Pair(NamedTuple):
    """Two counts, those that are not judged yet, and how often each number of days occurs."""

    part: float
    whole: float
    missing: int
    spread: dict

    @classmethod
    def of(cls, rows):
        """Return the sum of rows with these names."""
        spread = {}
        for row in rows:
            for number, times in (row["spread"] or {}).items():
                spread[float(number)] = spread.get(float(number), 0) + times
        sums = (sum(row[name] for row in rows) for name in ("part", "whole", "missing"))
        return cls(*sums, spread)

    @property
    def rate(self):
        """Part by whole; 0 where nothing was counted."""
        return self.part / self.whole if self.whole else 0

    def value(self, unit):
        """Return what is shown and compared: of days the middle one, else the rate."""
        return self.quantile(0.5) if unit == "days" else self.rate

    def quantile(self, share):
        """Return the least number that so many of the records do not exceed."""
        reached, needed = 0, share * sum(self.spread.values())
        for number in sorted(self.spread):
            reached += self.spread[number]
            if reached >= needed:
                return number
        return 0


EMPTY = Pair(0, 0, 0, {})
