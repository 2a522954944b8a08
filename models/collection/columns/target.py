"""What a column of a file may become."""

from typing import Any, NamedTuple

#: Kinds of which the texts are values of a list.
LISTED = frozenset({"choice", "choices", "record", "records"})
#: Kinds of which a cell may hold several values.
SEVERAL = frozenset({"choices", "records"})
#: Kinds of which several columns make one text.
JOINED = {"text": " ", "long_text": "\n"}
#: Kinds that come from more than one column of a file.
SHARED = frozenset({*JOINED, *SEVERAL, "address", "full_name"})

#: What a row needs beside the questions, where no question holds it.
FIELDS = {
    "crm.lead": (
        *("name", "contact_name", "partner_name", "email_from", "phone", "function", "website"),
        *("street", "street2", "zip", "city", "state_id", "country_id", "lang_id"),
        *("user_id", "team_id", "stage_id", "tag_ids", "campaign_id", "medium_id", "referred"),
        *("sheet_typology", "sheet_sector"),
    ),
    "res.partner": (
        *("name", "is_company", "email", "phone", "function", "website"),
        *("street", "street2", "zip", "city", "state_id", "country_id", "lang"),
        *("user_id", "category_id", "ref", "sheet_typology", "sheet_sector"),
    ),
}
#: Many2ones that rows may name, and by which of their fields.
NAMED_BY = {
    "res.users": ("name", "login", "email"),
    "crm.team": ("name",),
    "crm.stage": ("name",),
    "crm.tag": ("name",),
    "res.partner.category": ("name",),
    "utm.campaign": ("name", "title"),
    "utm.medium": ("name",),
}


class Target(NamedTuple):
    """One thing that a column may become.

    :ivar code: ``question:email``, ``field:street2``, ``split:address``, ``key``...
    :ivar kind: how its cells are read
    :ivar field: of the host, where a field holds it
    """

    code: str
    label: str
    kind: str
    group: str
    field: Any = None

    @property
    def is_listed(self):
        """Whether its texts are values of a list."""
        return self.kind in LISTED


def every(env, host, company):
    """Return ``{code: Target}`` of all that a column may become, in the order of the picker.

    Only what the user may write is among them.
    """
    found = (*_questions(env, host, company), *_special(env, host), *_consents(env), *_rest(env))
    return {target.code: target for target in found}


def _questions(env, host, company):
    """Yield the questions of the catalogue in force, each followed by its other fields."""
    questions = env["customer.sheet.question"].with_context(active_test=False)
    version = env["customer.sheet.catalogue.version"]._current().sudo()
    codes = [entry["code"] for entry in version.snapshot or ()]
    domain = [("code", "in", codes), ("company_id", "in", [False, company.id])]
    held = set()
    model = env[host]
    sections = dict(questions._fields["section"]._description_selection(env))
    asked = []
    for question in questions.sudo().search(domain):
        _host, field = question._plain_field(host)
        if field and _may_write(model, field.name):
            held.add(field.name)
            asked.append((question, field))
    for question, field in asked:
        group = sections[question.section]
        kind = question._plain_kind_of(host, field.name)
        yield Target(f"question:{question.code}", question.name, kind, group, field)
        others = question.lead_field_ids if host == "crm.lead" else question.partner_field_ids
        for name in sorted(others.mapped("name")):
            if name not in held and (target := _field(env, host, name, group)):
                held.add(name)
                yield target
    group = env["ir.model"]._get(host).name
    for name in FIELDS[host]:
        if name not in held and (target := _field(env, host, name, group)):
            held.add(name)
            yield target


def _field(env, host, name, group):
    """Return the target of a field of the host, nothing where rows cannot say it."""
    model = env[host]
    field = model._fields.get(name)
    if not field or not _may_write(model, name):
        return None
    kind = kind_of(env, field)
    label = field._description_string(env)
    return Target(f"field:{name}", label, kind, group, field) if kind else None


def kind_of(env, field):
    """Return how cells for a field are read, ``""`` for what rows cannot say."""
    if field.type == "boolean":
        return "yes_no"
    if field.type in ("many2one", "many2many") and field.comodel_name in NAMED_BY:
        return "record" if field.type == "many2one" else "records"
    if field.comodel_name == "res.country.state":
        return "state"
    return env["customer.sheet.question"]._plain_kind_of(field.model_name, field.name)


def _may_write(model, name):
    return model._has_field_access(model._fields[name], "write")


def _special(env, host):
    """Yield what belongs to several fields, or to none."""
    group = env._("Several in one column")
    yield Target("split:full_name", env._("Full name with civility"), "full_name", group)
    yield Target("split:address", env._("Whole address"), "address", group)
    yield Target("split:revenue_headcount", env._("Revenue and headcount"), "size", group)
    yield Target("split:name_email", env._("Name and e-mail"), "name_email", group)
    if host == "res.partner":
        group = env["ir.model"]._get(host).name
        yield Target("field:parent", env._("Company that the person works for"), "text", group)


def _consents(env):
    group = env._("Consents")
    purposes = env["customer.sheet.consent.purpose"].sudo().search([("active", "=", True)])
    channels = env["customer.sheet.consent.rule"]._fields["channel"]._description_selection(env)
    for purpose in purposes:
        for channel, label in channels:
            if channel != "any":
                code = f"consent:{purpose.code}:{channel}"
                name = env._("%(purpose)s: %(channel)s", purpose=purpose.name, channel=label)
                yield Target(code, name, "consent", group)
    yield Target("consent_date", env._("Date of the consents"), "day", group)
    yield Target("consent_source", env._("Where the consents come from"), "text", group)


def _rest(env):
    group = env._("Other")
    yield Target("field:sheet_reference", env._("Reference of the sheet"), "text", group)
    yield Target("currency", env._("Currency of the amounts"), "currency", group)
    yield Target("note", env._("Note (kept in the description)"), "note", group)
    yield Target("key", env._("Key of the row (from an error workbook)"), "text", group)
