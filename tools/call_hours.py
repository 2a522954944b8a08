"""The hours in which the law lets a trader call a consumer."""

import re
from dataclasses import dataclass
from datetime import time

PART = re.compile(
    r"(?P<first>[1-7])(?:\s*-\s*(?P<last>[1-7]))?\s+"
    r"(?P<from>\d{1,2}:\d{2})\s*-\s*(?P<to>\d{1,2}:\d{2})"
)


@dataclass(frozen=True)
class CallHours:
    """Windows of a week: ``(weekdays from 1 = Monday, from, to)``; the end is excluded."""

    windows: tuple

    @classmethod
    def parse(cls, text):
        """Return the hours written in ``text``; an empty text allows every hour.

        >>> hours = CallHours.parse("1-5 10:00-13:00, 6 9:00-12:00")
        >>> [days for days, _start, _end in hours.windows]
        [(1, 2, 3, 4, 5), (6,)]

        :raise ValueError: with the part that is not understood
        """
        return cls(tuple(_window(part) for part in text.split(",") if part.strip()))

    def allow(self, moment):
        """Return whether one may call at ``moment``, a local date and time.

        >>> from datetime import datetime
        >>> hours = CallHours.parse("1-5 10:00-13:00, 1-5 14:00-20:00")
        >>> hours.allow(datetime(2026, 11, 24, 12, 59)), hours.allow(datetime(2026, 11, 24, 13, 0))
        (True, False)
        >>> hours.allow(datetime(2026, 11, 28, 11, 0)), CallHours.parse("").allow(datetime.min)
        (False, True)
        """
        if not self.windows:
            return True
        day, hour = moment.isoweekday(), moment.time()
        return any(day in days and start <= hour < end for days, start, end in self.windows)


def _window(part):
    match = PART.fullmatch(part.strip())
    if not match:
        raise ValueError(part.strip())
    first, last = int(match["first"]), int(match["last"] or match["first"])
    try:
        start, end = (_time(match[name]) for name in ("from", "to"))
    except ValueError:
        raise ValueError(part.strip()) from None
    if last < first or end <= start:
        raise ValueError(part.strip())
    return tuple(range(first, last + 1)), start, end


def _time(text):
    hour, minute = map(int, text.split(":"))
    return time.max if (hour, minute) == (24, 0) else time(hour, minute)
