"""What the register says of an activity: what people wrote, and what the database knows."""

from collections import defaultdict
from fnmatch import fnmatchcase

from odoo.tools import format_date

from ...sheet.fields import HOSTS
from ..pair import pair
from .counted import TABLES, count
from .measures import measures

#: By whom an activity is about, whose rules of retention hold.
STATUSES = {
    "customers": ("customer",),
    "loyalty": ("customer",),
    "prospects": ("prospect",),
    "contacts": ("customer", "prospect"),
}
#: Codes of headings, and the field in which people write what they know.
WRITTEN = {
    "controllers": "controllers",
    "software": "software",
    "objectives": "objectives",
    "basis": "basis_words",
    "people": "people_words",
    "data": "data_words",
    "sensitive": "sensitive_words",
    "retention": "retention_words",
    "inside": "inside_words",
    "outside": "outside_words",
    "security": "security_words",
}


def told(activities, counted=True):
    """Return what the register says of these activities, as ``headings`` takes them.

    :param counted: with how many people they are about, which takes seconds of millions
    """
    known = [_purposes, _people, _on_days, _processors, _formalities]
    known += [_count] if counted else []
    places, safe = _places(activities.env), measures(activities.env)
    register = []
    for activity in activities:
        lines = defaultdict(list)
        for code, name in WRITTEN.items():
            lines[code] += (activity[name] or "").strip().splitlines()
        for each in known:
            each(activity, lines)
        _data(activity, places, lines)
        lines["security"] += safe
        register.append(
            {
                "id": activity.id,
                "reference": activity.reference or "",
                "name": activity.name,
                "lines": {code: [t for t in texts if t] for code, texts in lines.items()},
            }
        )
    return register


def _on_days(activity, lines):
    lines["created"].append(format_date(activity.env, activity.since))
    lines["updated"].append(format_date(activity.env, activity.write_date))


def _purposes(activity, lines):
    """The purposes of the consent room: what for, on which basis, how long, with which notice."""
    env = activity.env
    for purpose in activity.purpose_ids.sudo():
        lines["objectives"].append(pair(env, purpose.name, purpose.description))
        bases = purpose.rule_ids._fields["basis"]._description_selection(env)
        used = set(purpose.rule_ids.mapped("basis"))
        names = ", ".join(label for code, label in bases if code in used)
        lines["basis"].append(pair(env, purpose.name, names))
        if purpose.retention_months:
            lines["retention"].append(
                env._(
                    "%(purpose)s: %(count)s months. %(why)s",
                    purpose=purpose.name,
                    count=purpose.retention_months,
                    why=purpose.retention_source or "",
                ).strip()
            )
        for notice in purpose.notice_id | purpose.notice_id.variant_ids:
            versions = notice.state_summary
            if versions:
                lines["notices"].append(f"{notice.name} ({versions})")
    lines["notices"] = list(dict.fromkeys(lines["notices"]))


def _count(activity, lines):
    if activity.is_used and activity.who:
        lines["today"].append(_number(activity.env, count(activity.env, activity.who)))


def _people(activity, lines):
    env, who = activity.env, activity.who
    if who and activity.is_used:
        lines["people"].insert(0, dict(activity._fields["who"]._description_selection(env))[who])
        lines["inside"] += _readers(env, TABLES[who])
        lines["retention"] += _rules(env, who)


def _rules(env, who):
    """Return how long these people are kept, by the rules of retention."""
    rules = env["customer.sheet.retention.rule"]._in_force()
    return [
        env._(
            "%(rule)s: %(count)s months from what a person did last. %(why)s",
            rule=rule.name,
            count=rule.months,
            why=rule.source or "",
        ).strip()
        for rule in rules.filtered(lambda rule: rule.status in STATUSES.get(who, ()))
    ]


def _readers(env, tables):
    """Return who may open these tables, and how many they are; who is told apart by groups."""
    access = env["ir.model.access"].sudo()
    access = access.search([("model_id.model", "in", tables), ("perm_read", "=", True)])
    groups, everybody = access.group_id, env.ref("base.group_user").sudo()
    if everybody in groups:
        groups = everybody
    lines = []
    for group in groups.filtered(lambda each: not groups & (each.all_implied_ids - each)):
        people = [("share", "=", False), ("all_group_ids", "in", group.ids)]
        number = env["res.users"].sudo().search_count(people)
        is_all = group == everybody
        name = env._("Everybody who works with the software") if is_all else group.full_name
        if number:
            lines.append(
                env._("%(group)s (people: %(count)s)", group=name, count=_number(env, number))
            )
    return lines


def _processors(activity, lines):
    env = activity.env
    safeguards = dict(activity.processor_ids._fields["safeguard"]._description_selection(env))
    for processor in activity.processor_ids:
        country = processor.country_id.name
        name = f"{processor.name} ({country})" if country else processor.name
        words = [processor.service]
        if processor.signed_on:
            words.append(env._("contract of %(day)s", day=format_date(env, processor.signed_on)))
        if processor.ends_on:
            words.append(env._("until %(day)s", day=format_date(env, processor.ends_on)))
        lines["processors"].append(pair(env, name, ", ".join(words)))
        if processor.subprocessors:
            lines["processors"].append(
                env._(
                    "%(processor)s works with: %(names)s",
                    processor=processor.name,
                    names=", ".join(processor.subprocessors.splitlines()),
                )
            )
        if processor.is_abroad:
            safe = safeguards.get(processor.safeguard) or env._("no safeguard is noted")
            words = ", ".join(filter(None, (safe, processor.safeguard_words)))
            lines["transfers"].append(pair(env, name, words))


def _formalities(activity, lines):
    env = activity.env
    for formality in activity.formality_ids:
        fields = formality._fields
        words = [
            fields[name].convert_to_export(formality[name], formality)
            for name in ("kind", "form", "state", "number")
        ]
        day = formality.granted_on or formality.filed_on
        words.append(format_date(env, day) if day else "")
        if formality.ends_on:
            words.append(env._("until %(day)s", day=format_date(env, formality.ends_on)))
        law = formality.regime_id.sudo()
        lines["formalities"].append(pair(env, law.authority, ", ".join(filter(None, words))))


# -- the data map ------------------------------------------------------------------


def _places(env):
    """Return the places of personal data, but for dialogs, which live for hours."""
    places = env["customer.sheet.place"].sudo().search([("category", "not in", (False, "none"))])
    return places.filtered(lambda place: place.model in env and not env[place.model]._transient)


def _data(activity, places, lines):
    """What the map says: which data, in which tables and apps, what is kept for which reason."""
    env = activity.env
    patterns = (activity.tables or "").split()
    used = places.filtered(lambda p: any(fnmatchcase(p.model, pattern) for pattern in patterns))
    by_category = used.grouped("category")
    for category, label in used._fields["category"]._description_selection(env):
        if category in by_category:
            lines["data"].append(pair(env, label, _tables(by_category[category])))
    grounds = dict(used._fields["ground"]._description_selection(env))
    kept = used.filtered(
        lambda place: place.on_erase == "keep" and place.ground and place.model not in HOSTS
    )
    for ground, found in kept.grouped("ground").items():
        lines["retention"].append(
            env._(
                "Kept when a person is erased: %(tables)s. %(ground)s",
                tables=_tables(found),
                ground=grounds[ground],
            )
        )
    lines["stored"].append(_tables(used))
    named = [("name", "in", used.mapped("module")), ("application", "=", True)]
    apps = ", ".join(sorted(set(env["ir.module.module"].sudo().search(named).mapped("shortdesc"))))
    lines["software"].append(env._("Odoo: %(apps)s", apps=apps) if apps else "Odoo")


def _tables(places):
    return ", ".join(sorted(set(places.mapped("model_label"))))


def _number(env, number):
    return env["ir.qweb.field.integer"].value_to_html(number, {})
