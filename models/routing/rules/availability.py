"""Who is at work, or will be when the company next opens."""

from datetime import datetime, time, timedelta

import pytz

from odoo import fields

#: A company that does not open within so many days has no working hours to respect.
HORIZON = timedelta(days=14)


class Availability:
    """Working hours and leaves of salespeople, read once for any number of leads.

    The leaves app is not asked: what it approves, it books in the calendars that are read here.
    """

    def __init__(self, env):
        self.env = env
        self.now = pytz.utc.localize(fields.Datetime.now())
        self.windows = {}
        self.away = {}

    def absent(self, users):
        """Return those of the users who do not work at the next moment of work.

        It is the rest of today while their company is open, else the day it opens again.
        """
        unknown = users.filtered(lambda user: user.id not in self.away)
        for calendar, some in unknown.grouped(self._calendar).items():
            self._look(calendar, some)
        return users.filtered(lambda user: self.away[user.id])

    def _calendar(self, user):
        own = user.resource_ids[:1].calendar_id
        return own or user.company_id.resource_calendar_id

    def _look(self, calendar, users):
        for company, some in users.grouped("company_id").items():
            present = self._present(calendar, company, some.resource_ids)
            for user in some:
                resources = user.resource_ids.ids or [False]
                self.away[user.id] = not any(present.get(one, True) for one in resources)

    def _present(self, calendar, company, resources):
        """Return ``{resource id, or False for people without one: at work in the window}``."""
        start, end = self._window(company)
        if not calendar or calendar.flexible_hours:
            return self._without_hours(start, resources)
        intervals = calendar._work_intervals_batch(start, end, resources, _leaves(company))
        return {resource_id: bool(found) for resource_id, found in intervals.items()}

    def _without_hours(self, start, resources):
        moment = start.astimezone(pytz.utc).replace(tzinfo=None)
        leaves = self.env["resource.calendar.leaves"].search(
            [
                ("time_type", "=", "leave"),
                ("resource_id", "in", resources.ids),
                ("date_from", "<=", moment),
                ("date_to", ">", moment),
            ]
        )
        away = set(leaves.resource_id.ids)
        return {resource.id: resource.id not in away for resource in resources}

    def _window(self, company):
        if company.id not in self.windows:
            calendar = company.resource_calendar_id
            zone = pytz.timezone(calendar.tz or "UTC")
            start = self._opening(calendar, company).astimezone(zone)
            end = zone.localize(datetime.combine(start.date(), time.max))
            self.windows[company.id] = (start, end)
        return self.windows[company.id]

    def _opening(self, calendar, company):
        """Return now, or when the company opens next."""
        if not calendar or calendar.flexible_hours:
            return self.now
        last = self.now + HORIZON
        hours = calendar._work_intervals_batch(self.now, last, domain=_leaves(company))[False]
        return next((max(start, self.now) for start, end, _meta in hours), self.now)


def _leaves(company):
    return [("time_type", "=", "leave"), ("company_id", "in", [company.id, False])]
