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


def main_company(env):
    """Return the company whose days are those of what is counted over all companies."""
    number = env["ir.model.data"]._xmlid_to_res_id("base.main_company", raise_if_not_found=False)
    return env["res.company"].sudo().browse(number or ())


def common_today(env):
    """Return the date for what is counted over all companies."""
    return company_today(main_company(env))


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
    return max(midnight(zone, _now().astimezone(zone).date()) for zone in zones(env))


def midnight(zone, day):
    """Return when a day begins in a time zone, in UTC as Odoo keeps it."""
    begins = zone.localize(datetime.combine(day, time.min))  # clocks may change meanwhile
    return begins.astimezone(pytz.utc).replace(tzinfo=None)


def _now():
    return pytz.utc.localize(fields.Datetime.now())
