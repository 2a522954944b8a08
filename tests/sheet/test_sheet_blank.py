"""A line of text has one kind of nothing (C5)."""

from odoo.tests import tagged
from odoo.tools import SQL

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestBlankLines(SheetCase):
    def stored(self, record, name):
        self.env.flush_all()
        query = SQL("SELECT %s FROM %s WHERE id = %s", SQL.identifier(name), *self.table(record))
        return self.env.execute_query(query)[0][0]

    def table(self, record):
        return SQL.identifier(record._table), record.id

    def test_nothing_is_stored_as_nothing(self):
        contacts = self.env["res.partner"].with_user(self.rep)
        for values in (
            {"name": "Cher"},
            {"name": "Ada Leroy", "sheet_department": ""},
            {"name": "Atlas", "is_company": True},
            {"sheet_first_name": "", "sheet_last_name": "Leroy"},
        ):
            with self.subTest(values=values):
                contact = contacts.create(values)
                self.assertNotEqual(self.stored(contact, "sheet_first_name"), "")
                self.assertNotEqual(self.stored(contact, "sheet_last_name"), "")
                self.assertIsNone(self.stored(contact, "sheet_department"))
                contact.write({"sheet_department": "", "sheet_first_name": ""})
                self.assertIsNone(self.stored(contact, "sheet_department"))
                self.assertIsNone(self.stored(contact, "sheet_first_name"))

    def test_a_lead_too(self):
        for values in ({"contact_name": "Cher"}, {"contact_name": ""}, {"sheet_first_name": ""}):
            lead = self.lead(**values)
            with self.subTest(values=values):
                self.assertIsNone(self.stored(lead, "sheet_first_name"))

    def test_there_is_one_group_without_a_first_name(self):
        contacts = self.env["res.partner"].with_user(self.rep)
        some = contacts.create([{"name": "Cher"}, {"name": "Atlas", "is_company": True}])
        groups = contacts._read_group([("id", "in", some.ids)], ["sheet_first_name"], ["__count"])
        self.assertEqual(groups, [(False, 2)])
