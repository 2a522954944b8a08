"""The hours in which somebody may be reached, by the clock and the holidays of where they live."""

import re
from dataclasses import dataclass
from datetime import datetime, time

import pytz

from odoo import fields
from odoo.exceptions import ValidationError

from ...sheet.known import known_of

PART = re.compile(
    r"(?P<first>[1-7])(?:\s*-\s*(?P<last>[1-7]))?\s+"
    r"(?P<from>\d{1,2}:\d{2})\s*-\s*(?P<to>\d{1,2}:\d{2})"
)


@dataclass(frozen=True)
class Hours:
    """Windows of a week: ``(weekdays from 1 = Monday, from, to)``; the end is excluded."""

    windows: tuple

    @classmethod
    def parse(cls, text):
        """Return the hours written in ``text``; an empty text allows every hour.

        >>> hours = Hours.parse("1-5 10:00-13:00, 6 9:00-12:00")
        >>> [days for days, _start, _end in hours.windows]
        [(1, 2, 3, 4, 5), (6,)]

        :raise ValueError: with the part that is not understood
        """
        return cls(tuple(_window(part) for part in text.split(",") if part.strip()))

    def end(self, moment):
        """Return until when of that day ``moment`` is within these hours.

        >>> from datetime import datetime
        >>> Hours.parse("1-5 10:00-13:00, 1-5 13:00-20:00").end(datetime(2026, 11, 24, 12, 59))
        datetime.time(20, 0)
        """
        end = moment.time()
        for days, start, stop in sorted(self.windows, key=lambda window: window[1]):
            if moment.isoweekday() in days and start <= end < stop:
                end = stop
        return end

    def allow(self, moment):
        """Return whether ``moment``, a local date and time, is within these hours.

        >>> from datetime import datetime
        >>> hours = Hours.parse("1-5 10:00-13:00, 1-5 14:00-20:00")
        >>> hours.allow(datetime(2026, 11, 24, 12, 59)), hours.allow(datetime(2026, 11, 24, 13, 0))
        (True, False)
        >>> hours.allow(datetime(2026, 11, 28, 11, 0)), Hours.parse("").allow(datetime.min)
        (False, True)
        """
        if not self.windows:
            return True
        day, hour = moment.isoweekday(), moment.time()
        return any(day in days and start <= hour < end for days, start, end in self.windows)


class Moment:
    """One moment as it is where some people live: what tells whether they may be reached then."""

    def __init__(self, env, when=None):
        """:param when: a moment in UTC, now by default"""
        self.env = env
        self.when = when or fields.Datetime.now()
        self._days_off = {}

    def is_within(self, record, hours):
        """Return whether it is a working day within ``hours`` where this person lives."""
        moment = self._moment(record)
        if self._is_day_off(record, moment):
            return False
        return Hours.parse(hours).allow(moment.replace(tzinfo=None))

    def end_of(self, record, hours):
        """Return when of today, in UTC, these hours end where this person lives."""
        moment = self._moment(record)
        end = datetime.combine(moment.date(), Hours.parse(hours).end(moment.replace(tzinfo=None)))
        return moment.tzinfo.localize(end).astimezone(pytz.utc).replace(tzinfo=None)

    def _moment(self, record):
        return pytz.utc.localize(self.when).astimezone(pytz.timezone(self._tz(record)))

    def _tz(self, record):
        """Return the time zone of the person."""
        own = record["tz"] if "tz" in record._fields else record["sheet_tz"]
        country = record._sheet_consent_country().code
        zones = pytz.country_timezones.get(country or "", ())
        return own or (zones[0] if zones else record.env.company.resource_calendar_id.tz) or "UTC"

    def _is_day_off(self, record, moment):
        """Return whether that day is a public holiday in the company's working schedule."""
        company = record.company_id or self.env.company
        if known := known_of(record):
            return known.told("day_off")[str(company.id)]
        key = company.id, moment.date()
        if key not in self._days_off:
            leaves = self.env["resource.calendar.leaves"].sudo()
            self._days_off[key] = bool(
                leaves.search_count(
                    [
                        ("resource_id", "=", False),
                        ("company_id", "in", (company.id, False)),
                        ("calendar_id", "in", (company.resource_calendar_id.id, False)),
                        ("date_from", "<=", self.when),
                        ("date_to", ">=", self.when),
                    ],
                    limit=1,
                )
            )
        return self._days_off[key]


def within_hours(records, hours, when=None):
    """Return those of ``records`` for whom it is a working day within ``hours``.

    :param hours: days of the week and hours, as :class:`Hours` reads them
    :param when: a moment in UTC, now by default
    """
    moment = Moment(records.sudo().env, when)
    return records.filtered(lambda record: moment.is_within(record.sudo(), hours))


def check_hours(records):
    """Check what was written in the field ``hours``.

    :raise ValidationError: naming the field and the part that is not understood
    """
    for record in records:
        try:
            Hours.parse(record.hours or "")
        except ValueError as error:
            raise ValidationError(
                record.env._(
                    "“%(field)s”: “%(part)s” is not understood. Write days and hours like"
                    " “1-5 10:00-13:00, 6 9:00-12:00”.",
                    field=record._fields["hours"]._description_string(record.env),
                    part=error.args[0],
                )
            ) from error


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
