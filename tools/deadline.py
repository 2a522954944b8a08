"""Until when something has to be done: periods of the law, and why they end on that day.

Periods in days and months follow Regulation (EEC, Euratom) No 1182/71: the day of the event is not
counted, a month ends on the same day of the next one, or on its last where there is no such day,
and what would end on a Saturday, a Sunday or a public holiday ends on the next working day.
Periods in hours run through all of them.
"""

import calendar
from datetime import date, datetime, timedelta
from typing import NamedTuple

#: No period of ours is rolled over more days off than that in a row.
MOST_DAYS_OFF = 60


class Period(NamedTuple):
    """How long the law gives.

    ``is_clear``: neither the first nor the last day counts ("jours francs").  ``extension``: how
    much longer, in the same unit, if the person is told in time.  ``pauses``: it stands still
    while somebody is asked to prove who they are.
    """

    unit: str
    count: int
    is_clear: bool = False
    extension: int = 0
    pauses: bool = False


class Step(NamedTuple):
    """One line of "why this date?": what happened on a day, and the end that follows from it."""

    code: str
    day: date
    due: date | None
    count: int = 0


class Deadline(NamedTuple):
    """``due`` is ``None`` while the period stands still; ``steps`` say how it came about."""

    due: date | datetime | None
    steps: list


def hours_after(moment, count):
    """Return when a period in hours ends.

    It runs through nights, weekends and holidays.  Give moments without summer time (UTC): an hour
    that clocks skip or repeat is an hour all the same.

    >>> hours_after(datetime(2026, 4, 3, 17, 30), 72)
    datetime.datetime(2026, 4, 6, 17, 30)
    """
    return moment + timedelta(hours=count)


def add_months(day, count):
    """Return the same day some months later, or the last day of that month.

    >>> add_months(date(2026, 1, 30), 1), add_months(date(2028, 1, 30), 1)
    (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29))
    >>> add_months(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_working(day, days_off=()):
    """Return whether a day is neither of a weekend nor a public holiday.

    >>> is_working(date(2026, 7, 14)), is_working(date(2026, 7, 14), {date(2026, 7, 14)})
    (True, False)
    >>> is_working(date(2026, 7, 18))
    False
    """
    return day.weekday() < 5 and day not in days_off


def next_working(day, days_off=()):
    """Return the day itself if people work on it, else the next one on which they do.

    >>> next_working(date(2026, 12, 25), {date(2026, 12, 25)})
    datetime.date(2026, 12, 28)
    """
    for _tried in range(MOST_DAYS_OFF):
        if is_working(day, days_off):
            break
        day += timedelta(days=1)
    return day


def deadline(received, period, events=(), days_off=()):
    """Return until when a request has to be answered.

    :param received: the day on which it came, whenever it was recognised
    :param period: a :class:`Period` in days or months
    :param events: ``(code, day)``: ``asked`` for an identity, which was ``proved``; ``extended``
    :param days_off: public holidays

    One month; the 14th is a holiday:

    >>> month = Period("months", 1, extension=2, pauses=True)
    >>> deadline(date(2026, 6, 14), month, days_off={date(2026, 7, 14)}).due
    datetime.date(2026, 7, 15)

    Ten days between asking who it is and the answer stop the clock for ten days:

    >>> events = [("asked", date(2026, 3, 4)), ("proved", date(2026, 3, 14))]
    >>> deadline(date(2026, 3, 2), month, events).due
    datetime.date(2026, 4, 13)
    >>> deadline(date(2026, 3, 2), month, events[:1]).due

    Told within the month, two more; told later, none:

    >>> deadline(date(2026, 3, 2), month, [("extended", date(2026, 4, 2))]).due
    datetime.date(2026, 6, 2)
    >>> deadline(date(2026, 3, 2), month, [("extended", date(2026, 4, 3))]).due
    datetime.date(2026, 4, 2)
    """
    count, paused, asked = period.count, 0, None
    due = _end(received, period, count, paused, days_off)
    steps = [Step("received", received, due, count)]
    for code, day in sorted(events, key=lambda event: event[1]):
        if code == "asked" and asked is None:
            if not period.pauses:
                code = "asked_runs"
            elif day > due:
                code = "asked_late"
            else:
                asked = day
        elif code == "asked":
            code = "asked_again"
        elif code == "proved" and asked is not None:
            days = (day - asked).days
            paused, asked = paused + days, None
            due = _end(received, period, count, paused, days_off)
            steps.append(Step("proved", day, due, days))
            continue
        elif code == "proved":
            code = "proved_runs"
        elif code == "extended":
            if count > period.count or not period.extension:
                code = "extended_not"
            elif asked is None and day > due:
                code = "extended_late"
            else:
                count += period.extension
                due = _end(received, period, count, paused, days_off)
        steps.append(Step(code, day, None if asked else due, period.extension))
    plain = _plain_end(received, period, count, paused)
    if asked is None and due != plain:
        steps.append(Step("rolled", plain, due))
    return Deadline(None if asked else due, steps)


def _end(received, period, count, paused, days_off):
    return next_working(_plain_end(received, period, count, paused), days_off)


def _plain_end(received, period, count, paused):
    """Return when a period ends, whatever day of the week that is."""
    if period.unit == "months":
        end = add_months(received, count)
    else:
        end = received + timedelta(days=count + period.is_clear)
    return end + timedelta(days=paused)
