"""Public holidays: by the library *holidays* where there is one, else those of the laws that ship
and what the company notes."""

from datetime import date, timedelta

import pytz
from dateutil.easter import easter

from odoo import fields

from ...sheet.clock import zone_of

try:
    from holidays import country_holidays
except ImportError:
    country_holidays = None

#: Each year on the same day, ``(month, day, name)``; Morocco's religious ones follow the moon.
_FRANCE = (
    (1, 1, "Jour de l'An"),
    (5, 1, "Fête du Travail"),
    (5, 8, "Victoire 1945"),
    (7, 14, "Fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "Armistice 1918"),
    (12, 25, "Noël"),
)
_BELGIUM = (
    *(each for each in _FRANCE if each[:2] not in ((5, 8), (7, 14))),
    (7, 21, "Fête nationale"),
)
_MOROCCO = (
    (1, 1, "Nouvel An"),
    (1, 11, "Manifeste de l'indépendance"),
    (1, 14, "Nouvel An amazigh"),
    (5, 1, "Fête du Travail"),
    (7, 30, "Fête du Trône"),
    (8, 14, "Oued Ed-Dahab"),
    (8, 20, "Révolution du Roi et du Peuple"),
    (8, 21, "Fête de la Jeunesse"),
    (10, 31, "Fête de l'Unité"),
    (11, 6, "Marche verte"),
    (11, 18, "Fête de l'Indépendance"),
)
FIXED = {"FR": _FRANCE, "BE": _BELGIUM, "MA": _MOROCCO}
#: Days after Easter Sunday, in France and Belgium.
MOVING = ((1, "Lundi de Pâques"), (39, "Ascension"), (50, "Lundi de Pentecôte"))
#: A leave of the whole company that lasts longer is no public holiday, but its summer break.
LONGEST = timedelta(days=1)


def days_off(company, country, first, last):
    """Return ``{date: name}`` of the public holidays between two days.

    :param country: whose they are
    """
    named = _of_library(country, first, last)
    if named is None:
        named = _of_law(country.code if country else "", range(first.year, last.year + 1))
        named |= _of_company(company, first, last)
    return {day: name for day, name in named.items() if first <= day <= last}


def _of_library(country, first, last):
    """Return them, or ``None`` where nobody knows those of a country."""
    if not country_holidays or not country:
        return None
    try:
        found = country_holidays(country.code, years=range(first.year, last.year + 1))
    except NotImplementedError:
        return None
    return dict(found)


def _of_law(code, years):
    """Return the public holidays of the countries whose law ships.

    >>> [str(day) for day in _of_law("BE", [2026]) if day.month == 5]
    ['2026-05-01', '2026-05-14', '2026-05-25']
    >>> len(_of_law("FR", [2026])), len(_of_law("MA", [2026])), _of_law("DE", [2026])
    (11, 11, {})
    """
    found = {
        date(year, month, day): name for year in years for month, day, name in FIXED.get(code, ())
    }
    for year in years if code in ("FR", "BE") else ():
        found |= {easter(year) + timedelta(days=after): name for after, name in MOVING}
    return found


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
