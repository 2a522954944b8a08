"""Who may do what with the records of each model: the table beside this file says it (T2)."""

import csv
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.sheet.fields import HOSTS
from .makers import MAKERS
from .world import ROLES, SECRET, World

TABLE = Path(__file__).with_name("table.csv")

#: Letters of the table.
OPERATIONS = {
    "r": "read",
    "s": "search",
    "c": "create",
    "w": "write",
    "u": "unlink",
    "k": "copy",
    "d": "default_get",
}


class Undone(Exception):
    """Ends a trial, so that nothing of it stays."""


@tagged("post_install", "-at_install")
class TestWalls(World):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with TABLE.open(newline="", encoding="utf-8") as file:
            cls.table = {row["model"]: row for row in csv.DictReader(file)}

    def test_every_model_has_a_line(self):
        self.assertEqual(sorted(self.table), self.models())
        self.assertEqual(sorted(MAKERS), self.concrete())

    def test_each_role_may_do_what_the_table_says(self):
        """Every model, role and operation, on a record of the own and of another company."""
        wrong = []
        for model in sorted(self.table.keys() & set(self.models())):
            for role in ROLES:
                said, found = self.table[model][role], self.cell(model, role)
                if said != found:
                    wrong.append(f"{model}, {role}: the table says {said}, found {found}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_every_model_has_a_wall(self):
        """People do nothing with records of other companies, but those that all share."""
        allowed = {"company": "-d", "own": "-cd", "nobody": "-d"}
        for model, row in self.table.items():
            wall = row["wall"]
            for role in ROLES:
                own, _slash, other = row[role].partition("/")
                with self.subTest(model=model, role=role):
                    if wall == "shared":
                        self.assertEqual(own, other)
                    else:
                        self.assertLessEqual(set(other), set(allowed[wall]))
                    if wall == "nobody":
                        self.assertLessEqual(set(own), set("-d"))

    def test_what_all_share_is_about_nobody(self):
        for model, row in self.table.items():
            if row["wall"] == "shared":
                for name, field in self.env[model]._fields.items():
                    if not name.startswith("message_"):  # followers
                        with self.subTest(field=f"{model}.{name}"):
                            self.assertNotIn(field.comodel_name, HOSTS)

    def test_a_dialog_tells_nothing_of_another_company(self):
        """A form works nothing out of what its user may not read."""
        for model in self.concrete():
            if not self.env[model]._transient:
                continue
            for role in ROLES:
                dialogs = self.env[model].with_user(self.users[role])
                names = {name: {} for name in dialogs._fields}
                values = self.values(self.other, model)
                with self.subTest(model=model, role=role):
                    told = {}
                    self.env.invalidate_all()  # a request starts with an empty cache
                    with suppress(UserError):
                        told = dialogs.onchange(values, list(values), names)
                    told = {
                        name: value
                        for name, value in told.get("value", {}).items()
                        if name not in values
                    }
                    self.assertNotIn(SECRET, str(told))

    def test_a_control_names_nothing_of_another_company(self):
        for role in ("sales_manager", "steward", "privacy", "sheet_manager"):
            controls = self.env["customer.sheet.control"].with_user(self.users[role])
            with self.subTest(role=role):
                self.assertNotIn(SECRET, str(controls.search_read([], ["evidence"])))

    def cell(self, model, role):
        letters = [
            "".join(each for each in OPERATIONS if self.can(each, model, role, side))
            for side in (self.own, self.other)
        ]
        return "/".join(each or "-" for each in letters)

    def can(self, letter, model, role, side):
        """Return whether a call ends well; only those that may change something are undone."""
        operation = OPERATIONS[letter]
        action = partial(getattr(self, f"_{operation}"), model, role, side)
        if operation in ("read", "search", "default_get"):
            return self.attempt(action)
        right = "create" if operation == "copy" else operation
        if self.env[model].with_user(self.users[role]).has_access(right):
            return self.undone(action)
        self.assertFalse(self.attempt(action), f"{role} did without a right: {model} {operation}")
        return False

    def attempt(self, action):
        try:
            return action() is not False
        except (UserError, psycopg2.IntegrityError):
            return False

    def undone(self, action):
        """Return whether an action ends well; nothing of it stays."""

        def flushed():
            done = action()
            self.env.flush_all()
            return done

        with suppress(Undone), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.ended = self.attempt(flushed)
            raise Undone
        return self.ended

    # -- the operations ---------------------------------------------------------------

    def of(self, model, role, side):
        """Return the record that an operation is tried on, as the role."""
        user = self.users[role]
        records = self.env[model].with_user(user)
        if records._abstract:
            return records.browse(1)
        if records._transient and side is self.own and self.may_create(model, user):
            return records.create(self.values(side, model))
        return self.record(side, model).with_env(records.env)

    def may_create(self, model, user):
        return self.env[model].with_user(user).has_access("create")

    def _read(self, model, role, side):
        record = self.of(model, role, side)
        plain = [
            name
            for name, field in record._fields.items()
            if field.store and field.column_type and record._has_field_access(field, "read")
        ]
        self.assertTrue(record.read(plain))

    def _search(self, model, role, side):
        record = self.of(model, role, side)
        return bool(record.search([("id", "in", record.ids)]))

    def _create(self, model, role, side):
        records = self.env[model].with_user(self.users[role])
        records.create({} if records._abstract else self.values(side, model))

    def _write(self, model, role, side):
        record = self.of(model, role, side)
        record.write({} if record._abstract else MAKERS[model].change)

    def _unlink(self, model, role, side):
        self.of(model, role, side).unlink()

    def _copy(self, model, role, side):
        self.of(model, role, side).copy()

    def _default_get(self, model, role, side):
        """Ask for defaults, with those of the context pointing at the side's records."""
        records = self.env[model].with_user(self.users[role])
        defaults = {} if records._abstract else self.values(side, model)
        context = {f"default_{name}": value for name, value in defaults.items()}
        context |= {"active_model": "crm.lead", "active_ids": side.leads.ids}
        got = records.with_context(**context).default_get(list(records._fields))
        told = {name: value for name, value in got.items() if name not in defaults}
        self.assertNotIn(SECRET, str(told), f"{model} tells {role} of another company")


@tagged("post_install", "-at_install")
class TestWallsWithin(World):
    """What is worked out of records of several companies shows each person their own (T2)."""

    def test_nobody_hands_settings_to_a_company_that_is_not_theirs(self):
        walled = self.registry["customer.sheet.walled.mixin"]
        models = [name for name in self.concrete() if issubclass(self.registry[name], walled)]
        self.assertEqual(len(models), 8)
        for model in models:
            record = self.record(self.own, model).with_user(self.users["sheet_manager"])
            if not record.has_access("write"):
                record = record.with_user(self.users["privacy"])
            with self.subTest(model=model):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    record.company_id = self.other_company
                record.invalidate_recordset()
                record.company_id = False
                record.company_id = self.env.company

    def test_a_stakeholder_does_not_tell_who_a_foreign_contact_is(self):
        people = self.env["customer.sheet.stakeholder"].with_user(self.users["sales"])
        with self.assertRaises(UserError):
            people.create(
                {"lead_id": self.own.leads[0].id, "partner_id": self.other.contacts[0].id}
            )
        mine = people.create({"lead_id": self.own.leads[0].id, "name": "Boss"})
        with self.assertRaises(UserError):
            mine.partner_id = self.other.contacts[0]
        with self.assertRaises(UserError):
            people.onchange({"partner_id": self.other.contacts[0].id}, [], {"name": {}})

    def test_a_stakeholder_is_not_put_on_a_lead_that_one_may_not_change(self):
        leads = self.env["crm.lead"].sudo()
        colleagues = leads.create({"name": "Theirs", "user_id": self.users["colleague"].id})
        mine = self.env["customer.sheet.stakeholder"].with_user(self.users["sales"])
        mine = mine.create({"lead_id": self.own.leads[0].id, "name": "Boss"})
        for lead in (self.other.leads[0], colleagues):
            with self.subTest(lead=lead.name), self.assertRaises(UserError):
                mine.lead_id = lead
            with self.subTest(lead=lead.name), self.assertRaises(UserError):
                mine.lead_id.write(
                    {"sheet_stakeholder_ids": [Command.update(mine.id, {"lead_id": lead.id})]}
                )
        mine.lead_id = self.own.leads[1]

    def test_a_key_of_two_companies_is_seen_by_both_only(self):
        third = self.env["res.company"].create({"name": "Third"})
        shared = self.record(self.other, "customer.sheet.match.shared").sudo()
        shared.company_ids = self.other.company | third
        self.assertFalse(self.seen(shared, "steward"))
        shared.company_ids |= self.own.company
        self.assertTrue(self.seen(shared, "steward"))

    def test_a_mass_merge_over_two_companies_is_not_for_one_of_them(self):
        runs = self.env["customer.sheet.merge.run"].sudo()
        groups = [tuple(side.contacts[:2]) for side in (self.own, self.other)]
        run = runs._dry_run("res.partner", groups)
        self.assertEqual(run.company_ids, self.own.company | self.other.company)
        self.assertFalse(self.seen(run, "steward"))

    def test_people_of_the_ledger_are_named_by_sheets_of_the_own_company(self):
        subject = self.record(self.own, "customer.sheet.consent.subject")
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        links.create(
            {
                "subject_id": subject.id,
                "root_id": subject.id,
                "partner_id": self.other.contacts[0].id,
            }
        )
        officer = subject.with_env(self.env).with_user(self.users["privacy"])
        self.assertNotIn(SECRET, officer.holder_names)
        self.assertIn(self.own.word, officer.holder_names)
        for model in ("subject", "event", "state"):
            rows = self.env[f"customer.sheet.consent.{model}"].with_user(self.users["privacy"])
            with self.subTest(model=model):
                self.assertFalse(rows.search([("holder_names", "ilike", SECRET)]))
                self.assertTrue(rows.search([("holder_names", "ilike", self.own.word)]))

    def test_who_lost_every_sheet_is_seen_where_it_was_recorded(self):
        for side, is_seen in ((self.own, True), (self.other, False)):
            subject = self.record(side, "customer.sheet.consent.subject").sudo()
            self.env.flush_all()
            self.env.cr.execute(
                "DELETE FROM customer_sheet_consent_subject_link WHERE subject_id = %s",
                [subject.id],
            )
            self.env.invalidate_all()
            with self.subTest(side=side.word):
                self.assertEqual(bool(self.seen(subject, "privacy")), is_seen)

    def seen(self, records, role):
        seen = self.env[records._name].with_user(self.users[role])
        return seen.search([("id", "in", records.ids)])
