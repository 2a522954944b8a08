from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ...models.sheet.catalogue.plan_question import can_hold_answer
from ..rights import RpcCase
from .common import SheetCase

#: Lists of records of another model, which has rights of its own.
LISTS = {"sheet_stakeholder_ids", "sheet_waiver_ids", "sheet_enrolment_ids"}

HOSTS = ("res.partner", "crm.lead")


def forged(env, host, **basis):
    """Return a wrong value for every protected column of a host."""
    versions = env["customer.sheet.catalogue.version"]
    versions._publish()  # what is stamped is the second one, at least
    others = {
        "res.users": env.ref("base.user_admin").id,
        "customer.sheet.catalogue.version": versions.search([], order="id", limit=1).id,
        host: env[host].sudo().create({"name": "Somebody else"}).id,
    }
    by_type = {
        "integer": lambda field: 87,
        "float": lambda field: 87.5,
        "json": lambda field: ["forged"],
        "date": lambda field: "2020-02-02",
        "text": lambda field: "FORGED-1",
        "datetime": lambda field: "2020-02-02 02:02:02",
        "char": lambda field: "FORGED-1",
        "selection": lambda field: field.get_values(env)[-1],
        "many2one": lambda field: others[field.comodel_name],
    }
    fields = env[host]._fields
    names = [name for name in env[host]._sheet_protected_fields() if fields[name].store]
    names = [name for name in names if fields[name].column_type]
    return {**basis, **{name: by_type[fields[name].type](fields[name]) for name in sorted(names)}}


def defaults(values):
    """Return values as the context keys that stand for them."""
    return {f"default_{name}": value for name, value in values.items()}


@tagged("post_install", "-at_install")
class TestProtectedFields(SheetCase):
    """T4: what the system finds out is believed from nobody, however it is said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.root = cls.env.ref("base.user_root")
        cls.steward = new_test_user(
            cls.env,
            "sheet_steward",
            groups="crm_customer_sheet.group_sheet_steward,sales_team.group_sale_salesman",
        )
        cls.forged = {host: forged(cls.env, host) for host in HOSTS}
        cls.names = {host: list(values) for host, values in cls.forged.items()}

    def assertHonest(self, records):
        """Nothing of what was forged is there, now or once it has been saved."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(records)
        for record in records.sudo():
            values = self.forged[record._name]
            for name in self.names[record._name]:
                field = record._fields[name]
                held = field.convert_to_write(record[name], record)
                wrong = field.convert_to_write(
                    field.convert_to_record(
                        field.convert_to_cache(values[name], record, validate=False), record
                    ),
                    record,
                )
                self.assertNotEqual(held, wrong, f"{record._name}.{name}")

    def people(self, host):
        """Yield the model as each role: the superuser stands for server actions and gateways."""
        for user in (self.rep, self.steward, self.manager, self.admin):
            yield self.env[host].with_user(user)
        yield self.env[host].with_user(self.rep).sudo()
        yield self.env[host].with_user(self.root)

    # -- the list -----------------------------------------------------------------

    def test_every_field_of_a_sheet_is_an_answer_or_protected(self):
        """Whoever adds a field decides who writes it."""
        for host in HOSTS:
            protected = self.env[host]._sheet_protected_fields()
            undecided = [
                name
                for name, field in self.env[host]._fields.items()
                if name.startswith("sheet_")
                and name not in LISTS
                and (name in protected) == (can_hold_answer(field) and name not in protected)
            ]
            self.assertEqual(undecided, [], host)

    def test_the_list_has_what_must_not_be_missing(self):
        both = {
            *("sheet_completeness", "sheet_missing", "sheet_stale", "sheet_status"),
            *("sheet_email_status", "sheet_phone2_reason", "sheet_proposals", "sheet_kept"),
            *("sheet_verified_by_id", "sheet_verified_on", "sheet_verified_how"),
            *("sheet_merged_into_id", "sheet_catalogue_version_id", "sheet_reference"),
            *("sheet_answer_dates", "sheet_checked_on"),
        }
        lead = {
            *("sheet_score", "sheet_scored_on", "sheet_engagement", "sheet_hot_on"),
            *("sheet_mql_at", "sheet_qualified_at", "sheet_gate_unasked_on"),
        }
        self.assertLessEqual(both, set(self.names["res.partner"]))
        self.assertLessEqual(both | lead, set(self.names["crm.lead"]))

    # -- the ways ------------------------------------------------------------------

    def test_creating(self):
        for host in HOSTS:
            for model in self.people(host):
                self.assertHonest(model.create({"name": "Ada", **self.forged[host]}))
                twins = [{"name": f"Ada {n}", **self.forged[host]} for n in range(3)]
                self.assertHonest(model.create(twins))

    def test_defaults_of_the_context(self):
        for host in HOSTS:
            for model in self.people(host):
                model = model.with_context(**defaults(self.forged[host]))
                self.assertHonest(model.create({"name": "Ada"}))
                name = "Ada <ada@atlas.ma>" if host == "res.partner" else "Ada"
                self.assertHonest(model.browse(model.name_create(name)[0]))
                self.assertHonest(model.browse(model.web_save({"name": "A"}, {"id": {}})[0]["id"]))

    def test_defaults_are_not_even_offered(self):
        for host in HOSTS:
            for model in self.people(host):
                model = model.with_context(**defaults(self.forged[host]))
                self.assertEqual(model.default_get(self.names[host]), {})

    def test_defaults_of_the_user(self):
        for host in HOSTS:
            for name, value in self.forged[host].items():
                if self.env[host]._fields[name].type != "datetime":
                    self.env["ir.default"].set(host, name, value)
            for model in self.people(host):
                self.assertHonest(model.create({"name": "Ada"}))

    def test_writing(self):
        for host in HOSTS:
            for model in self.people(host):
                record = model.create({"name": "Ada"})
                record.write(dict(self.forged[host]))
                self.assertHonest(record)
                record.web_save(dict(self.forged[host]), {"id": {}})
                self.assertHonest(record)
                for name in self.names[host]:
                    record[name] = self.forged[host][name]
                self.assertHonest(record)
                record.web_resequence({}, field_name="sheet_completeness", offset=87)
                self.assertHonest(record)

    def test_copying(self):
        for host in HOSTS:
            for model in self.people(host):
                record = model.create({"name": "Ada"})
                self.assertHonest(record.copy(dict(self.forged[host])))
                self.assertHonest(record.with_context(**defaults(self.forged[host])).copy())

    def test_importing(self):
        """Also over records that are there, where an administrator brings no dates either."""
        for host in HOSTS:
            fields = self.env[host]._fields
            plain = [n for n in self.names[host] if fields[n].type in ("integer", "selection")]
            dates = [n for n in self.names[host] if fields[n].type in ("datetime", "char")]
            links = [n for n in self.names[host] if fields[n].type == "many2one"]
            header = ["name", *plain, *dates, *(f"{name}/.id" for name in links)]
            row = [str(self.forged[host][name]) for name in (*plain, *dates, *links)]
            for user in (self.rep, self.steward):
                model = self.env[host].with_user(user)
                result = model.load(header, [["Ada", *row], ["Bob", *row]])
                self.assertFalse(result["messages"])
                self.assertHonest(model.browse(result["ids"]))
            for user in (self.rep, self.manager, self.admin):
                model = self.env[host].with_user(user)
                record = model.create({"name": "Ada"})
                result = model.load([".id", *header], [[str(record.id), "Ada", *row]])
                self.assertFalse(result["messages"])
                self.assertHonest(record)

    def test_an_administrator_imports_what_another_system_knew_of_new_records(self):
        leads = self.env["crm.lead"].with_user(self.manager)
        header = ["name", "sheet_reference", "sheet_qualified_at", "sheet_mql_at", "sheet_score"]
        row = ["Old", "OLD-1", "2025-03-01 08:00:00", "2025-02-01 08:00:00", "87"]
        lead = leads.browse(leads.load(header, [row])["ids"])
        self.assertEqual(lead.sheet_reference, "OLD-1")
        self.assertTrue(lead.sheet_qualified_at and lead.sheet_mql_at)
        self.assertNotEqual(lead.sheet_score, 87)

    def test_commands_of_other_records(self):
        contact, lead = self.forged["res.partner"], self.forged["crm.lead"]
        for companies in self.people("res.partner"):
            company = companies.create(
                {
                    "name": "Atlas",
                    "is_company": True,
                    "child_ids": [Command.create({"name": "Ada", **contact})],
                    "opportunity_ids": [
                        Command.create({"name": "L", "type": "opportunity", **lead})
                    ],
                }
            )
            self.assertHonest(company.child_ids)
            self.assertHonest(company.opportunity_ids)
            company.write(
                {
                    "child_ids": [Command.update(company.child_ids.id, dict(contact))],
                    "opportunity_ids": [Command.update(company.opportunity_ids.id, dict(lead))],
                }
            )
            self.assertHonest(company.child_ids)
            self.assertHonest(company.opportunity_ids)
            parent = companies.with_context(**defaults(contact)).create(
                {"name": "Nested", "child_ids": [Command.create({"name": "Ada"})]}
            )
            self.assertHonest(parent | parent.child_ids)

    def test_users_hand_nothing_to_their_contact(self):
        values = {"name": "U", "login": "forged_user", **self.forged["res.partner"]}
        user = self.env["res.users"].with_user(self.admin).create(values)
        self.assertHonest(user.partner_id)
        user.write(dict(self.forged["res.partner"]))
        self.assertHonest(user.partner_id)

    def test_what_a_form_was_told_is_not_saved(self):
        for host in HOSTS:
            model = self.env[host].with_user(self.rep)
            draft = model.with_context(**defaults(self.forged[host])).new(
                {"name": "Ada", **self.forged[host]}
            )
            self.assertHonest(model.create(draft._convert_to_write(draft._cache)))

    def test_an_address_of_the_gateway_brings_no_values(self):
        """The defaults of an alias are written by whoever manages the team."""
        domain = self.env["mail.alias.domain"].create({"name": "leads.example.com"})
        plain = {k: v for k, v in self.forged["crm.lead"].items() if isinstance(v, (int, str))}
        self.env["mail.alias"].create(
            {
                "alias_name": "forged-leads",
                "alias_domain_id": domain.id,
                "alias_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "alias_contact": "everyone",
                "alias_defaults": repr({**plain, "priority": "2"}),
            }
        )
        mail = (
            "From: Ada <ada@atlas.ma>\nTo: forged-leads@leads.example.com\nSubject: Forged\n"
            "Message-Id: <forged-1@atlas.ma>\nContent-Type: text/plain\n\nHello"
        )
        lead = self.env["crm.lead"].browse(self.env["mail.thread"].message_process(False, mail))
        self.assertEqual(lead.priority, "2")
        self.assertHonest(lead)

    # -- the door ---------------------------------------------------------------------

    def test_our_own_buttons_still_write_them(self):
        contact = self.env["res.partner"].with_user(self.rep).create({"name": "Ada"})
        contact.action_sheet_verify()
        self.assertEqual(contact.sheet_verified_by_id, self.rep)
        contact.street = "1 rue Haute"
        self.assertFalse(contact.sheet_verified_by_id)

    def test_the_door_opens_for_what_is_named_and_closes(self):
        lead = self.lead()
        lead._sheet_stamp({"sheet_engagement": 3, "name": "Stamped"})
        lead.write({"sheet_engagement": 9})
        self.assertEqual((lead.sheet_engagement, lead.name), (3, "Stamped"))


@tagged("post_install", "-at_install")
class TestProtectedFieldsOverRpc(RpcCase):
    """T4: the same, as a browser or a program sends it."""

    def test_forged_calls(self):
        new_test_user(
            self.env, "forger", password="forger_pw1", groups="sales_team.group_sale_salesman"
        )
        self.authenticate("forger", "forger_pw1")
        for host in HOSTS:
            values = forged(self.env, host)
            context = defaults(values)
            ids = [
                self.call(host, "create", [{"name": "A"}], context=context)[0],
                self.call(host, "create", [{"name": "A", **values}])[0],
                self.call(host, "web_save", [], {"name": "A"}, {"id": {}}, context=context)[0][
                    "id"
                ],
                *self.call(host, "load", ["name", "sheet_score"][:1], [["A"]], context=context)[
                    "ids"
                ],
            ]
            ids += self.call(host, "copy", ids[:1], values)
            self.call(host, "write", ids[:1], values, context=context)
            self.env.invalidate_all()
            for record in self.env[host].browse(ids):
                self.assertNotEqual(record.sheet_status, "verified")
                self.assertFalse(record.sheet_verified_by_id or record.sheet_merged_into_id)
                self.assertNotEqual(record.sheet_completeness, 87)
                self.assertNotEqual(record.sheet_reference, "FORGED-1")
                self.assertNotIn("forged", record.sheet_missing or [])
                self.assertFalse(record.sheet_stale or record.sheet_kept)
