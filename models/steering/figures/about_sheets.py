"""Figures of the sheets: can they be trusted?"""

from dateutil.relativedelta import relativedelta

from odoo.fields import Domain

from .declared import Kpi, since_midnight

HOSTS = {"contacts": "res.partner", "leads": "crm.lead"}
#: What a check has found out about a value.
JUDGED = ("valid", "doubtful", "invalid")


def figures(env, day):
    """Return the figures of contacts and leads."""
    return [*_completeness(env), *_duplicates(env, day), *_accuracy(env), *_opt_in(env)]


def sheets(env, of):
    """Return the domain of the contacts that carry a sheet, or of the open leads."""
    if of == "leads":
        return Domain("won_status", "=", "pending")
    return env["res.partner"]._sheet_domain()


def _completeness(env):
    titles = {
        "contacts": (env._("Completeness of contacts"), env._("Complete contacts")),
        "leads": (env._("Completeness of open leads"), env._("Complete open leads")),
    }
    words = (
        env._("Answers given, of all those that the catalogue asks of these sheets now."),
        env._("Sheets that have every answer that the catalogue asks of them now."),
    )
    version = str(env["customer.sheet.catalogue.version"]._current_id())
    return [
        Kpi(
            f"{code}_{of}",
            title,
            said,
            host,
            whole=sheets(env, of) & Domain("sheet_completeness", "!=", False),
            part=Domain("sheet_missing", "=", False),
            measure=measure,
            version=version,
        )
        for of, host in HOSTS.items()
        for code, measure, title, said in zip(
            ("answers", "complete"), ("answers", ""), titles[of], words, strict=True
        )
    ]


def _duplicates(env, day):
    titles = {
        "contacts": (env._("Duplicate contacts"), env._("Duplicates among new contacts")),
        "leads": (env._("Duplicate leads"), env._("Duplicates among new leads")),
    }
    words = (
        env._("Sheets of customers who already had one, merged ones included."),
        env._("Of the sheets created last month, those of customers who already had one."),
    )
    first = day.replace(day=1)
    last_month = since_midnight(env, "create_date", first - relativedelta(months=1), first)
    found = []
    for of, host in HOSTS.items():
        sheet = env["res.partner"]._sheet_domain()
        if of == "leads":
            sheet = Domain("partner_id", "=", False)
        merged = Domain("sheet_merged_into_id", "!=", False)
        sheet &= Domain("active", "=", True) | merged
        for code, title, said, among in zip(
            ("duplicates", "new_duplicates"),
            titles[of],
            words,
            (Domain.TRUE, last_month),
            strict=True,
        ):
            found.append(
                Kpi(
                    f"{code}_{of}",
                    title,
                    said,
                    host,
                    whole=sheet & among,
                    part=Domain("sheet_is_duplicate", "=", True),
                    better="less",
                    archived=True,
                    room="duplicates",
                )
            )
    return found


def _accuracy(env):
    titles = {
        "email_contacts": env._("Valid e-mails of contacts"),
        "email_leads": env._("Valid e-mails of open leads"),
        "phone_contacts": env._("Valid phones of contacts"),
        "phone_leads": env._("Valid phones of open leads"),
        "registry_contacts": env._("Valid company IDs"),
    }
    words = env._("Values found valid, of all those that are entered and have been checked.")
    unchecked = env._("not checked yet")
    found = []
    for code, title in titles.items():
        kind, of = code.split("_")
        host = HOSTS[of]
        entered = Domain(env[host]._sheet_quality_sources()[kind], "!=", False)
        status = f"sheet_{kind}_status"
        found.append(
            Kpi(
                code,
                title,
                words,
                host,
                whole=sheets(env, of) & entered & Domain(status, "in", JUDGED),
                part=Domain(status, "=", "valid"),
                missing=sheets(env, of) & entered & Domain(status, "in", ("unchecked", False)),
                missing_words=unchecked,
            )
        )
    return found


def _opt_in(env):
    purposes = env["customer.sheet.consent.purpose"].sudo()
    purposes = purposes.browse(purposes._active_ids()).filtered("is_marketing")
    return [
        Kpi(
            f"opt_in_{purpose.code}",
            env._("Opt-in: %(purpose)s", purpose=purpose.name),
            env._("Consumers who agreed by one channel at least, of all sheets of consumers."),
            "res.partner",
            whole=sheets(env, "contacts") & Domain("sheet_typology", "=", "b2c"),
            part=Domain("sheet_agreed_purpose_ids", "in", [purpose.id]),
            room="consent",
        )
        for purpose in purposes
    ]
