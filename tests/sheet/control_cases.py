"""How each control is broken and mended, by its code: ``(right, wrong)``, called with the test.

Whoever adds a control adds its case: ``CASES["code"] = (right, wrong)``.
"""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tools import config

from ...models.consent.settings import DPO_EMAIL, OBJECTION_PHONE
from ...models.sheet.config_settings import CONTACTS

CASES = {}


def case(code):
    """Return a decorator for ``function(test, is_right)`` that makes a control right or wrong."""

    def decorator(function):
        CASES[code] = (
            lambda test: function(test, True),
            lambda test: function(test, False),
        )
        return function

    return decorator


def kept(test, key, make):
    """Return a record that a case makes once."""
    if key not in test.kept:
        test.kept[key] = make()
    return test.kept[key]


def aged(record, **days):
    """Let a record be some days old."""
    record.flush_recordset()
    [(name, count)] = days.items()
    moment = fields.Datetime.now() - timedelta(days=count)
    record.env.cr.execute(
        f"UPDATE {record._table} SET {name} = %s WHERE id = %s", [moment, record.id]
    )
    record.invalidate_recordset()


# -- set-up ---------------------------------------------------------------------------


@case("contacts")
def _contacts(test, is_right):
    CONTACTS.keep(test.env, CONTACTS.default if is_right else "[('id', '=', 0)]")


@case("sectors")
def _sectors(test, is_right):
    test.env["res.partner"].create({"name": "Soft", "sheet_sector": "saas"})
    options = test.env["customer.sheet.option"].with_context(active_test=False)
    options = options.search([("kind", "=", "sector")])
    options.active = True
    if is_right:
        found = test.env["res.partner"].search([]).mapped("sheet_sector")
        found += test.env["crm.lead"].search([]).mapped("sheet_sector")
        options.filtered(lambda option: option.code not in found).active = False


@case("catalogue")
def _catalogue(test, is_right):
    if is_right:
        test.env["customer.sheet.catalogue.version"]._publish()
    else:
        test.question("need").weight += 1


@case("required")
def _required(test, is_right):
    test.question("deadline").lead_required = "never" if is_right else "creation"
    test.env["customer.sheet.catalogue.version"]._publish()


@case("chores")
def _chores(test, is_right):
    chores = test.env["customer.sheet.chore"]
    chores._declare()
    chores.search([], limit=1).failed_on = not is_right and fields.Datetime.now()


@case("gate")
def _gate(test, is_right):
    test.env["customer.sheet.gate"].search([]).mode = "warn" if is_right else "off"


@case("form")
def _form(test, is_right):
    forms = test.env["customer.sheet.form"].with_context(active_test=False)
    forms.search([("use", "=", "public")]).active = is_right


# -- data -------------------------------------------------------------------------------


@case("lists")
def _lists(test, is_right):
    if is_right:
        test.env["customer.sheet.option"].search([("code", "=", "twin")]).unlink()
    else:
        shipped = test.env["customer.sheet.option"].search([("kind", "=", "source")], limit=1)
        name = f"{shipped.name.upper()}."
        shipped.create({"kind": "source", "code": "twin", "name": name})


@case("owners")
def _owners(test, is_right):
    lead = kept(test, "lead", lambda: test.env["crm.lead"].create({"name": "Nobody's"}))
    lead.user_id = is_right and test.env.user


@case("matching")
def _matching(test, is_right):
    test.env.ref("crm_customer_sheet.ir_cron_sheet_match").active = is_right


@case("duplicate_queue")
def _duplicate_queue(test, is_right):
    def pair():
        twins = test.env["res.partner"].create([{"name": "Twin"}, {"name": "Twin"}])
        found = test.env["customer.sheet.duplicate"]._pair(*twins)
        found.write({"band": "certain", "state": "new"})
        aged(found, create_date=40)
        return found

    kept(test, "pair", pair).state = "merged" if is_right else "new"


@case("held")
def _held(test, is_right):
    def submission():
        form = test.env["customer.sheet.form"].search([], limit=1)
        values = {"form_id": form.id, "uuid": "held-case", "state": "held", "values": {}}
        found = test.env["customer.sheet.submission"].create(values)
        aged(found, received_at=9)
        return found

    kept(test, "submission", submission).state = "refused" if is_right else "held"


@case("steward")
def _steward(test, is_right):
    group = test.env.ref("crm_customer_sheet.group_sheet_steward")
    if is_right:
        test.steward.group_ids += group
    else:
        for user in test.env["res.users"].search([("group_ids", "in", group.ids)]):
            user.group_ids -= group


# -- privacy ----------------------------------------------------------------------------


@case("sensitive")
def _sensitive(test, is_right):
    def finding():
        lead = test.env["crm.lead"].create({"name": "Sensitive"})
        values = {"res_model": "crm.lead", "res_id": lead.id, "place": "name"}
        found = test.env["customer.sheet.sensitive.finding"].create(
            {**values, "category": "health"}
        )
        aged(found, create_date=40)
        return found

    kept(test, "finding", finding).state = "removed" if is_right else "review"


def purpose(test):
    """Leave one purpose, so that a case is about it alone."""

    def one():
        every = test.env["customer.sheet.consent.purpose"].search([])
        every[1:].active = False
        return every[:1]

    return kept(test, "purpose", one)


@case("purposes")
def _purposes(test, is_right):
    purpose(test).description = "What we do." if is_right else False


@case("register")
def _register(test, is_right):
    versions = test.env["customer.sheet.processing.version"]
    version = kept(test, "register", lambda: versions._publish("en_US"))
    aged(version, published_on=1 if is_right else 400)


@case("processors")
def _processors(test, is_right):
    processors = test.env["customer.sheet.processor"]
    values = {"name": "Host", "service": "Hosting", "signed_on": "2020-01-01"}
    processor = kept(test, "processor", lambda: processors.create(values))
    processor.ends_on = False if is_right else "2021-01-01"


@case("retention")
def _retention(test, is_right):
    purpose(test).write({"retention_months": 36 if is_right else 0, "retention_source": "The law"})


@case("notices")
def _notices(test, is_right):
    def notice():
        found = test.env["customer.sheet.consent.notice"].create({"name": "Case"})
        body = "<p>We keep your name.</p>"
        values = {"notice_id": found.id, "lang": "en_US", "body": body}
        test.env["customer.sheet.consent.notice.version"].create(values)._publish()
        return found

    purpose(test).notice_id = is_right and kept(test, "notice", notice)


@case("form_notices")
def _form_notices(test, is_right):
    _form(test, True)
    form = test.env["customer.sheet.form"].search([("version_ids", "!=", False)])
    form.consent_ids = [Command.clear()]
    if not is_right:
        bare = test.env["customer.sheet.consent.purpose"].create({"code": "bare", "name": "Bare"})
        form[:1].consent_ids = [Command.create({"purpose_id": bare.id, "channel": "email"})]


@case("ledger")
def _ledger(test, is_right):
    state = "holds" if is_right else "broken"
    test.env["customer.sheet.consent.check"].create({"state": state})


@case("officer")
def _officer(test, is_right):
    DPO_EMAIL.keep(test.env, is_right and "dpo@example.com")


@case("objection")
def _objection(test, is_right):
    OBJECTION_PHONE.keep(test.env, is_right and "01 02 03 04 05")


@case("requests")
def _late_request(test, is_right):
    values = {"kind": "access", "person_name": "Julie", "received_on": "2020-01-06"}
    requests = test.env["customer.sheet.request"]
    request = kept(test, "request", lambda: requests.create(values))
    if is_right:
        steps = test.env["customer.sheet.request.step"]
        steps.create({"request_id": request.id, "words": "Here it is."}).action_apply()
    else:
        request.sudo().write({"state": "received"})


@case("breaches")
def _late_breach(test, is_right):
    values = {"title": "A laptop", "discovered_on": "2020-01-06 08:00:00"}
    breaches = test.env["customer.sheet.breach"]
    breach = kept(test, "breach", lambda: breaches.create(values))
    breach.risk = "none" if is_right else "risk"


# -- security ---------------------------------------------------------------------------


@case("https")
def _https(test, is_right):
    url = "https://crm.example.com" if is_right else "http://crm.example.com"
    test.env["ir.config_parameter"].set_param("web.base.url", url)


@case("database_link")
def _database_link(test, is_right):
    control = type(test.env["customer.sheet.control"])
    test.patch(control, "_database_link", lambda self: (False, is_right))


@case("mail_servers")
def _mail_servers(test, is_right):
    values = {"name": "Case", "smtp_host": "mail.example.com"}
    server = kept(test, "server", lambda: test.env["ir.mail_server"].create(values))
    test.env["ir.mail_server"].search([]).smtp_encryption = "ssl" if is_right else "none"
    server.flush_recordset()


def _configured(test, name, value):
    before = config[name]
    config[name] = value
    test.addCleanup(config.__setitem__, name, before)


@case("database_list")
def _database_list(test, is_right):
    _configured(test, "list_db", not is_right)


@case("master_password")
def _master_password(test, is_right):
    _configured(test, "admin_passwd", "a long one" if is_right else "admin")


@case("shipped_passwords")
def _shipped_passwords(test, is_right):
    group = test.env.ref("base.group_user")
    values = {"name": "Case", "login": "steward", "group_ids": [Command.set(group.ids)]}
    user = test.env["res.users"].search([("login", "=", "steward")])
    user = user or kept(test, "shipped", lambda: test.env["res.users"].create(values))
    user.password = "a long one of mine" if is_right else "steward"
    admin = test.env["res.users"].search([("login", "=", "admin")])
    admin.password = "another long one of mine"
    test.control("shipped_passwords").action_look()


@case("two_factors")
def _two_factors(test, is_right):
    test.env.flush_all()
    secret = "x" if is_right else None
    test.env.cr.execute("UPDATE res_users SET totp_secret = %s", [secret])
    test.env.invalidate_all()


@case("keepers")
def _keepers(test, is_right):
    test.env["res.users.log"].search([]).unlink()
    aged(test.steward, create_date=10 if is_right else 400)


@case("api_keys")
def _api_keys(test, is_right):
    day = fields.Datetime.now() + timedelta(days=30)
    test.env["res.users.apikeys"]._generate("rpc", "Case", day)
    test.env.cr.execute(
        "UPDATE res_users_apikeys SET expiration_date = %s", [day if is_right else None]
    )
    test.env.invalidate_all()


@case("exporters")
def _exporters(test, is_right):
    group = test.env.ref("base.group_allow_export")
    if is_right:
        test.env["res.users"].search([("group_ids", "in", group.ids)]).group_ids -= group
    else:
        test.rep.group_ids += group


@case("outsiders")
def _outsiders(test, is_right):
    values = {
        "name": "Case",
        "model_id": test.env["ir.model"]._get("customer.sheet.option").id,
        "group_id": test.env.ref("base.group_public").id,
    }
    access = kept(test, "access", lambda: test.env["ir.model.access"].create(values))
    access.perm_read = not is_right


def _attested(code):
    @case(code)
    def attested(test, is_right):
        control = test.control(code)
        if is_right:
            until = fields.Date.add(fields.Date.today(), months=6)
            control._attest("Seen in the contract", until)
        else:
            past = fields.Date.subtract(fields.Date.today(), days=1)
            control.result_ids.until = past
            control.invalidate_recordset()


for attested_code in ("disks", "backups", "hosting"):
    _attested(attested_code)
