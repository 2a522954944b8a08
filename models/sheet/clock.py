"""What day it is: for whoever looks, or, where only a job looks, for the company."""

from datetime import datetime, time

import pytz

from odoo import fields


def zone_of(company):
    """Return the time zone in which a company works, as :mod:`pytz` knows it."""
    return pytz.timezone(company.resource_calendar_id.tz or company.partner_id.tz or "UTC")


def company_today(company):
    """Return the date that it is where a company works."""
    return _now().astimezone(zone_of(company)).date()


def hour(zone):
    """Return the hour that it is in a time zone."""
    return _now().astimezone(zone).hour


def today(record):
    """Return the date for the person at work; for a job, that of the record's company."""
    if record.env.user._is_superuser() and not record.env.context.get("tz"):
        return company_today(record.company_id or record.env.company)
    return fields.Date.context_today(record)


def zones(env):
    """Return ``{time zone: the companies that work in it}``."""
    return env["res.company"].sudo().search([("active", "=", True)]).grouped(zone_of)


def last_midnight(env):
    """Return when a day began last at one of the companies, in UTC as Odoo keeps it."""
    return max(_midnight(zone) for zone in zones(env)).astimezone(pytz.utc).replace(tzinfo=None)


def _midnight(zone):
    """Return when the day that it is in a time zone began there; clocks may have changed since."""
    return zone.localize(datetime.combine(_now().astimezone(zone).date(), time.min))


def _now():
    return pytz.utc.localize(fields.Datetime.now())
