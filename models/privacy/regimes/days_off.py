"""Public holidays: by the library *holidays* where there is one, else as the company notes them."""

from datetime import timedelta

import pytz

from odoo import fields

from ...sheet.clock import zone_of

try:
    from holidays import country_holidays
except ImportError:
    country_holidays = None

#: A leave of the whole company that lasts longer is no public holiday, but its summer break.
LONGEST = timedelta(days=1)


def days_off(company, country, first, last):
    """Return ``{date: name}`` of the public holidays between two days.

    :param country: whose they are
    """
    named = _of_library(country, first, last)
    return _of_company(company, first, last) if named is None else named


def _of_library(country, first, last):
    """Return them, or ``None`` where nobody knows those of a country."""
    if not country_holidays or not country:
        return None
    try:
        found = country_holidays(country.code, years=range(first.year, last.year + 1))
    except NotImplementedError:
        return None
    return {day: name for day, name in found.items() if first <= day <= last}


def _of_company(company, first, last):
    """Return the days off that the company's working schedule has for everybody."""
    zone = zone_of(company)
    leaves = company.env["resource.calendar.leaves"].sudo()
    found = leaves.search(
        [
            ("resource_id", "=", False),
            ("company_id", "in", (company.id, False)),
            ("calendar_id", "in", (company.resource_calendar_id.id, False)),
            ("date_from", ">=", fields.Datetime.to_datetime(first) - LONGEST),
            ("date_from", "<=", fields.Datetime.to_datetime(last) + LONGEST),
        ]
    )
    return {
        pytz.utc.localize(leave.date_from).astimezone(zone).date(): leave.name or ""
        for leave in found
        if leave.date_to - leave.date_from <= LONGEST
    }
