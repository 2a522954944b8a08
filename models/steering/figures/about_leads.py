"""Figures of the pipeline: does what comes in get anywhere?"""

from datetime import timedelta

from odoo.fields import Domain

from .declared import Kpi, since_midnight

#: The figures of what happened lately are about so many days.
LATELY = timedelta(days=30)
#: So long a promising lead has to be qualified; younger ones are told apart.
TIME = timedelta(days=90)

OPEN = Domain("won_status", "=", "pending") & Domain("active", "=", True)
NOT_MERGED = Domain("sheet_merged_into_id", "=", False)


def figures(env, day):
    """Return the figures of leads and opportunities."""
    return [
        _qualification(env, day),
        _promising(env, day),
        _conversion(env, day),
        Kpi(
            "owner_leads",
            env._("Open leads that have an owner"),
            env._("Open leads and opportunities with a salesperson."),
            "crm.lead",
            whole=Domain("won_status", "=", "pending"),
            part=Domain("user_id", "!=", False),
            group="sales_team.group_sale_salesman_all_leads",
        ),
        Kpi(
            "next_action_leads",
            env._("Open leads with a next action"),
            env._("Open leads and opportunities with a planned activity that is not overdue."),
            "crm.lead",
            whole=Domain("won_status", "=", "pending"),
            part=Domain("sheet_next_action", "in", ("today", "planned")),
        ),
    ]


def _qualification(env, day):
    return Kpi(
        "qualification_time",
        env._("Days until a lead is qualified"),
        env._(
            "Of the leads that were qualified within the last 30 days, the days since they came."
        ),
        "crm.lead",
        whole=since_midnight(env, "sheet_qualified_at", day - LATELY, day) & NOT_MERGED,
        measure="qualification",
        unit="days",
        better="less",
        missing=since_midnight(env, "create_date", day - LATELY, day)
        & Domain("sheet_qualified_at", "=", False)
        & OPEN,
        missing_words=env._("still open, of those that came in these 30 days"),
        archived=True,
    )


def _promising(env, day):
    return Kpi(
        "promising_qualified",
        env._("Promising leads that were qualified"),
        env._(
            "Of the leads that became promising 90 to 120 days ago, those that were qualified"
            " within 90 days."
        ),
        "crm.lead",
        whole=since_midnight(env, "sheet_mql_at", day - TIME - LATELY, day - TIME) & NOT_MERGED,
        part=Domain("sheet_qualified_at", "!=", False)
        & Domain("sheet_days_promising", "<", TIME.days),
        missing=since_midnight(env, "sheet_mql_at", day - TIME, day) & NOT_MERGED,
        missing_words=env._("became promising later: their 90 days are not over yet"),
        archived=True,
    )


def _conversion(env, day):
    return Kpi(
        "conversion",
        env._("Conversion"),
        env._("Won, of all that was won or lost within the last 30 days."),
        "crm.lead",
        whole=since_midnight(env, "date_closed", day - LATELY, day)
        & Domain("won_status", "in", ("won", "lost"))
        & NOT_MERGED,
        part=Domain("won_status", "=", "won"),
        archived=True,
    )
