"""How many people and records a breach has touched."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ...models.privacy.breaches.estimate import filled, people, rows
from .planted import say

OFFICER = "crm_customer_sheet.group_sheet_privacy"


@tagged("post_install", "-at_install")
class TestPrivacyEstimate(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(cls.env, "estimate_officer", groups=OFFICER)
        cls.rep = new_test_user(cls.env, "estimate_rep", groups="sales_team.group_sale_salesman")
        cls.ada, cls.bob = cls.env["res.partner"].create([{"name": "Ada"}, {"name": "Bob"}])
        cls.leads = cls.env["crm.lead"].create(
            [
                {"name": "Of Ada", "partner_id": cls.ada.id},
                {"name": "Of Ada, too", "partner_id": cls.ada.id},
                {"name": "Of nobody we know", "contact_name": "Cyd"},
            ]
        )
        cls.breach = cls.env["customer.sheet.breach"].create({"title": "Lost list"})
        cls.long_ago, cls.then = "1999-01-01", "1999-02-01"
        cls.env.flush_all()
        for table, records in (("res_partner", cls.ada + cls.bob), ("crm_lead", cls.leads)):
            cls.env.cr.execute(
                f"UPDATE {table} SET create_date = %s, write_date = %s WHERE id = ANY(%s)",
                [cls.long_ago, cls.long_ago, records.ids],
            )

    def count(self, *names, since="1999-01-01", until="1999-02-01"):
        span = (since, until, self.breach.company_id)
        records = sum(rows(self.env, name, *span) for name in names)
        return people(self.env, names, *span), records

    def test_a_lead_counts_as_its_contact(self):
        self.assertEqual(self.count("crm.lead"), (2, 3))
        self.assertEqual(self.count("res.partner"), (2, 2))
        self.assertEqual(self.count("res.partner", "crm.lead"), (3, 5))

    def test_only_what_was_there_between_the_days(self):
        self.assertEqual(self.count("crm.lead", since="1999-01-02"), (0, 0))
        self.assertEqual(self.count("crm.lead", until="1998-12-31"), (0, 0))
        self.assertEqual(self.count("crm.lead", since=None), (2, 3))

    def test_messages_count_whom_they_are_about(self):
        message = say(self.leads[2], "Hello")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_message SET create_date = '1999-01-05', write_date = '1999-01-05',"
            " author_id = NULL WHERE id = %s",
            [message.id],
        )
        self.assertEqual(self.count("mail.message"), (1, 1))

    def test_another_company_is_not_counted(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.cr.execute(
            "UPDATE crm_lead SET company_id = %s WHERE id = ANY(%s)", [other.id, self.leads.ids]
        )
        self.assertEqual(self.count("crm.lead"), (0, 0))

    def test_every_table_can_be_counted(self):
        names = filled(self.env)
        self.assertEqual(names[:2], ["res.partner", "crm.lead"])
        self.assertGreater(self.count(*names, since=None, until="2999-01-01")[1], 5)

    def test_the_dialog_writes_it_into_the_breach(self):
        dialogs = self.env["customer.sheet.breach.estimate"].with_user(self.officer)
        dialog = dialogs.create(
            {"breach_id": self.breach.id, "since": "1999-01-01", "until": "1999-02-01"}
        )
        with self.assertRaises(UserError):
            dialog.action_count()
        dialog.line_ids.filtered(lambda line: line.model == "crm.lead").is_touched = True
        dialog.action_count()
        self.assertEqual((dialog.people_count, dialog.record_count), (2, 3))
        dialog.action_take()
        self.assertEqual((self.breach.people_count, self.breach.record_count), (2, 3))
        self.assertEqual(self.breach.data_kinds, "Lead")
        self.assertIn("estimate_officer", self.breach.sheet_changes)

    def test_a_forged_table_counts_nothing(self):
        dialogs = self.env["customer.sheet.breach.estimate"].with_user(self.officer)
        dialog = dialogs.create({"breach_id": self.breach.id, "until": "2999-01-01"})
        for name in ("ir.config_parameter", "res.partner; DROP TABLE x", "no.model"):
            dialog.line_ids.create({"estimate_id": dialog.id, "model": name, "is_touched": True})
        dialog.action_count()
        self.assertEqual((dialog.people_count, dialog.record_count), (0, 0))
        with self.assertRaises(AccessError):
            dialogs.with_user(self.rep).create({"breach_id": self.breach.id})
