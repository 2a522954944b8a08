"""Figures of the privacy desk: are people answered in time, and is nothing kept too long?"""

from datetime import timedelta

from odoo.fields import Domain

from ...consent.ledger.words import PRIVACY_OFFICER
from ...privacy.requests.words import OPEN
from .declared import Kpi, midnight

YEAR = timedelta(days=365)


def figures(env, day):
    """Return the figures of requests, of breaches, of retention and of the data map."""
    return [_requests(env, day), _breaches(env, day), _overdue(env), _places(env)]


def _requests(env, day):
    answered = Domain("state", "in", ("answered", "refused"))
    late = Domain("state", "in", OPEN) & Domain("due_on", "<", str(day))
    return Kpi(
        "requests_in_time",
        env._("Privacy requests answered in time"),
        env._("Of those answered or refused within a year, and of those that are late now."),
        "customer.sheet.request",
        whole=(answered & Domain("closed_on", ">=", str(day - YEAR))) | late,
        part=Domain("in_time", "=", True),
        group=PRIVACY_OFFICER,
        room="privacy",
    )


def _breaches(env, day):
    told = Domain("notice_ids", "!=", False)
    late = Domain("state", "=", "open") & Domain("due_at", "<", midnight(env, day))
    return Kpi(
        "breaches_in_time",
        env._("Breaches notified in time"),
        env._("Of those of a year that the authority was told of, and of those that are late now."),
        "customer.sheet.breach",
        whole=Domain("risk", "!=", "none")
        & Domain("discovered_on", ">=", midnight(env, day - YEAR))
        & (told | late),
        part=Domain("in_time", "=", True),
        group=PRIVACY_OFFICER,
        room="privacy",
    )


def _overdue(env):
    return Kpi(
        "retention_overdue",
        env._("People kept past their time"),
        env._("Of whom nothing was done yet, of all whom the last preview of retention found."),
        "customer.sheet.retention.line",
        whole=Domain("is_latest", "=", True),
        part=Domain("is_overdue", "=", True),
        better="less",
        group=PRIVACY_OFFICER,
        room="privacy",
    )


def _places(env):
    return Kpi(
        "places_known",
        env._("Fields that the data map knows"),
        env._("Fields of which somebody knows what they hold, of all in which data can be."),
        "customer.sheet.place",
        whole=Domain.TRUE,
        part=Domain("state", "!=", "unknown"),
        group=PRIVACY_OFFICER,
        room="privacy",
    )
