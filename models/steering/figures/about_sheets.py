"""Figures of the sheets: can they be trusted?"""

from odoo.fields import Domain

from .declared import Kpi


def figures(env, day):
    """Return what is told of contacts, then of leads without one."""
    partners, leads = sheets(env)
    return [
        *_completeness(env, partners, leads),
    ]


def sheets(env):
    """Return the domains of the contacts that carry a sheet, and of the leads that are one."""
    scored = Domain("sheet_completeness", "!=", False)
    return env["res.partner"]._sheet_domain() & scored, Domain("partner_id", "=", False) & scored


def _completeness(env, partners, leads):
    version = str(env["customer.sheet.catalogue.version"]._current_id())
    complete = Domain("sheet_missing", "=", False)
    answers = env._(
        "Answers given, of those that the catalogue asks for now, over all sheets together."
    )
    whole = env._("Sheets that have every answer asked for now, of all sheets.")
    return [
        Kpi(
            f"{kind}_{of}",
            title,
            words,
            host,
            domain,
            complete,
            measure="answers" if kind == "answers" else "",
            version=version,
        )
        for of, host, domain, titles in (
            (
                "contacts",
                "res.partner",
                partners,
                (env._("Completeness of contacts"), env._("Complete contacts")),
            ),
            (
                "leads",
                "crm.lead",
                leads,
                (env._("Completeness of leads"), env._("Complete leads")),
            ),
        )
        for kind, title, words in zip(("answers", "complete"), titles, (answers, whole), strict=True)
    ]
