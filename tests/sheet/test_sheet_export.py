from odoo.fields import Command
from odoo.tests import tagged

from ...models.sheet.actor import acting
from .common import SheetCase

#: Values of the fields that do not take just any text or number.
VALUES = {
    "sheet_nace_code": "25.62",
    "sheet_need": 'Audit of the "HVAC" line, then a contract',
    "sheet_budget_min": 1000.5,
    "sheet_budget_max": 25000.25,
    "sheet_potential_share": 40,
    "sheet_deadline": "2020-02-29",
    "sheet_birthdate": "1980-02-29",
    "sheet_first_name": "Jean Marie",
    "sheet_last_name": "Le Goff",
    "sheet_sector": "industry",
}
BY_TYPE = {
    "char": "Téléphone, 1 € & co",
    "text": "First line\nSecond line; with “quotes”, commas\tand a tab",
    "integer": 7,
    "monetary": 1234.56,
    "date": "2021-03-04",
}


@tagged("post_install", "-at_install")
class TestSheetExport(SheetCase):
    """C1, F5: what is exported comes back by stock import, whatever its type."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids += cls.env.ref("base.group_allow_export")
        cls.boss = cls.env["res.partner"].create({"name": "Salma Bennani, notary"})
        cls.option = cls.env["customer.sheet.option"]
        # a name that every list shares, and one that looks like two names
        cls.kinds = [kind for kind, _label in cls.option._fields["kind"].selection]
        for kind in cls.kinds:
            for name in ("Other", "Food, drinks", "Food"):
                if not cls.option.search([("kind", "=", kind), ("name", "=", name)]):
                    cls.option.create({"kind": kind, "code": f"t_{name}", "name": name})

    def test_every_answer_of_a_lead_comes_back(self):
        lead = self._filled_lead()
        copy = self._round_trip(lead, "name", "type")
        self.assertSameSheet(lead, copy)

    def test_every_answer_of_a_person_comes_back(self):
        person = self.env["res.partner"].create(self._values("res.partner"))
        copy = self._round_trip(person, "name")
        self.assertSameSheet(person, copy)

    def test_every_answer_of_a_company_comes_back(self):
        answers = self._values("res.partner")
        for name in ("sheet_first_name", "sheet_last_name"):  # of a person only
            del answers[name]
        company = self.env["res.partner"].create({**answers, "name": "Atlas", "is_company": True})
        copy = self._round_trip(company, "name", "is_company")
        self.assertSameSheet(company, copy, answers)

    def test_an_existing_sheet_is_updated(self):
        lead = self._filled_lead()
        other = self.lead(name="Another lead", sheet_stack_ids=[Command.set(self._named("stack"))])
        rows, paths = self._exported(lead)
        self._load("crm.lead", [".id", *paths], [[str(other.id), *rows[0]]])
        self.assertSameSheet(lead, other)

    def test_stakeholders_come_back_line_by_line(self):
        people = [
            {"partner_id": self.boss.id, "function": "Notary", "role": "decision_maker"},
            {"name": "Bob", "role": "blocker", "note": "Knows the competitor, well"},
        ]
        lead = self.lead(sheet_stakeholder_ids=[Command.create(values) for values in people])
        columns = ("partner_id", "name", "function", "role", "note", "sequence")
        paths = ["name", *(f"sheet_stakeholder_ids/{name}" for name in columns)]
        copy = self._load("crm.lead", paths, self._texts(lead, paths))
        self.assertEqual(
            [[person[name] for name in columns] for person in copy.sheet_stakeholder_ids],
            [[person[name] for name in columns] for person in lead.sheet_stakeholder_ids],
        )

    def test_list_values_come_back_by_external_id_as_well(self):
        lead = self._filled_lead()
        paths = [
            f"{name}/id"
            for name, field in self._answers("crm.lead")
            if hasattr(field, "sheet_kind")
        ]
        copy = self._load("crm.lead", ["name", *paths], self._texts(lead, ["name", *paths]))
        for path in paths:
            name = path.removesuffix("/id")
            self.assertEqual(copy[name], lead[name], name)

    def test_names_with_commas_and_spaces_are_told_apart(self):
        for text, expected in (
            ("Food, drinks", ["Food, drinks"]),
            ("Food,Other", ["Food", "Other"]),
            ("Other, Food, drinks , Food", ["Other", "Food, drinks", "Food"]),
        ):
            lead = self._load("crm.lead", ["name", "sheet_process_ids"], [["A", text]])
            self.assertCountEqual(lead.sheet_process_ids.mapped("name"), expected)
            self.assertEqual(set(lead.sheet_process_ids.mapped("kind")), {"process"})

    def test_an_unknown_name_among_known_ones_is_the_one_that_is_named(self):
        result = self._import(
            "crm.lead", ["name", "sheet_process_ids"], [["A", "Food, drinks,Cooking"]]
        )
        [message] = result["messages"]
        self.assertIn("name 'Cooking' in", message["message"])

    # -- helpers -----------------------------------------------------------

    def _answers(self, model):
        """Return the fields of a sheet that people and imports can fill; a reference is unique."""
        return [
            (name, field)
            for name, field in self.env[model]._fields.items()
            if name.startswith("sheet_")
            and name not in ("sheet_reference", "sheet_mql_at", "sheet_qualified_at")
            and field.store
            and not field.readonly
            and field.type != "one2many"
        ]

    def _filled_lead(self):
        # only an import may bring a deadline that has passed
        leads = self.env["crm.lead"].with_user(self.manager)
        with acting("import"):
            return leads.create({"name": "Request", **self._values("crm.lead")})

    def _values(self, model):
        """Return values for all answers: the trickiest of their type."""
        values = {"name": "Jean Marie Le Goff"} if model == "res.partner" else {}
        for name, field in self._answers(model):
            values[name] = VALUES.get(name) or self._value(field)
        return values

    def _value(self, field):
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        if field.type == "many2many":
            return [Command.set(self._named(field.sheet_kind))]
        if field.type == "many2one" and hasattr(field, "sheet_kind"):
            return self._named(field.sheet_kind)[0]
        if field.type == "many2one":
            return {"product.template": self.product, "res.partner": self.boss}[
                field.comodel_name
            ].id
        return BY_TYPE[field.type]

    def _named(self, kind):
        """Return the ids of the values of one list that other lists have under the same name."""
        names = ("Other", "Food, drinks")
        return self.option.search([("kind", "=", kind), ("name", "in", names)]).ids

    def _round_trip(self, record, *more):
        rows, paths = self._exported(record, *more)
        return self._load(record._name, paths, rows)

    def _exported(self, record, *more):
        paths = [*more, *(name for name, _field in self._answers(record._name))]
        return self._texts(record, paths), paths

    def _texts(self, record, paths):
        """Return the cells of an export that suits an import, as the text of a file."""
        rows = record.with_user(self.manager).with_context(import_compat=True).export_data(paths)
        return [[str(cell) for cell in row] for row in rows["datas"]]

    def _load(self, model, paths, rows):
        result = self._import(model, paths, rows)
        self.assertFalse(result["messages"])
        return self.env[model].browse(result["ids"])

    def _import(self, model, paths, rows):
        records = self.env[model].with_user(self.manager).with_context(import_file=True)
        return records.load(paths, rows)

    def assertSameSheet(self, first, second, answers=None):
        """Fail unless both records hold the same answers, and none of them is empty."""
        for name in answers or dict(self._answers(first._name)):
            with self.subTest(field=name):
                self.assertTrue(first[name], "the test forgot to fill it")
                self.assertEqual(first[name], second[name])
        self.assertNotEqual(first, second)
        self.assertNotEqual(first.sheet_reference, second.sheet_reference)
        self.assertEqual(first.sheet_typology, second.sheet_typology)
