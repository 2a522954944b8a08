import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged, warmup
from odoo.tools import SQL

from ..people import people
from ..sheet.common import SheetCase
from ..sheet.glance_common import CONTEXT, GlanceCase


@tagged("post_install", "-at_install")
class TestBrief(GlanceCase):
    """What a rep reads in the minute before a call."""

    def brief(self, record, user=None):
        return self.mine(record, user).sheet_brief()

    # -- the minute before ---------------------------------------------------------

    @warmup
    def test_of_a_lead_in_six_queries(self):
        lead = self.mine(self.prospect)
        self.env["customer.sheet.look"].sudo().create(
            {"user_id": self.rep.id, "node": -lead.id, "looked_at": "2026-01-01"}
        )
        self.assertTrue(lead.sheet_brief()["changes"])
        self.cold()
        with self.assertQueryCount(6):
            brief = lead.sheet_brief()
        json.dumps(brief, default=str)
        self.assertEqual(brief["who"]["name"], self.prospect.contact_name)
        self.assertEqual(brief["who"]["company"], "Moulin Lumière")
        self.assertEqual(brief["may"]["phone"]["state"], "yes")
        self.assertEqual(brief["next"]["summary"], "Ring back")

    @warmup
    def test_of_a_contact_in_six_queries(self):
        contact = self.mine(self.customer)
        contact.sheet_brief()
        self.cold()
        with self.assertQueryCount(6):
            brief = contact.sheet_brief()
        json.dumps(brief, default=str)
        self.assertEqual(brief["who"]["function"], "Buyer")
        self.assertIn("B2B", brief["who"]["facts"])

    def test_nothing_is_written(self):
        """On a replica, which refuses to write."""
        self.cold()
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            self.brief(self.prospect)
            self.brief(self.customer)
            savepoint.rollback()

    def test_whoever_may_not_read_the_lead_is_told_nothing(self):
        with self.assertRaises(AccessError):
            self.brief(self.prospect, self.colleague)
        with self.assertRaises(AccessError):
            self.mine(self.prospect, self.colleague).sheet_brief_looked()
        with self.assertRaises(AccessError):
            self.brief(self.customer, self.outsider)

    # -- who, since when -----------------------------------------------------------

    def test_known_since_the_first_contact(self):
        self.customer.sheet_first_contact_date = "2019-03-04"
        self.prospect.sheet_first_contact_date = "2021-05-06"
        self.assertIn("known since 03/04/2019", self.brief(self.prospect)["who"]["facts"])

    def test_known_since_the_oldest_record(self):
        """A contact that a conversion made is younger than its lead; a new person of an old
        company is no new customer."""
        made = [(self.prospect, "2020-01-05"), (self.customer, "2024-02-06")]
        for record, day in made:
            table = SQL.identifier(record._table)
            self.env.cr.execute(
                SQL("UPDATE %s SET create_date = %s WHERE id = %s", table, day, record.id)
            )
        self.env.invalidate_all()
        self.assertIn("known since 01/05/2020", self.brief(self.prospect)["who"]["facts"])
        company = self.customer.create({"name": "Moulin", "is_company": True})
        self.customer.parent_id = company
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE res_partner SET create_date = '2018-03-04' WHERE id = %s", company.id)
        )
        self.env.invalidate_all()
        self.assertIn("known since 03/04/2018", self.brief(self.prospect)["who"]["facts"])
        self.assertIn("known since 03/04/2018", self.brief(self.customer)["who"]["facts"])

    def test_a_lead_without_a_contact(self):
        lead = self.lead(contact_name="Grace", partner_name="Navy", function="Admiral")
        who = self.brief(lead)["who"]
        told = [who[key] for key in ("name", "company", "function")]
        self.assertEqual(told, ["Grace", "Navy", "Admiral"])
        self.assertEqual(self.brief(lead)["business"], [])

    def test_what_they_buy(self):
        self.customer.write({"sheet_order_count": 0, "sheet_loyalty_programme": False})
        self.assertEqual(self.brief(self.customer)["bought"], "")
        self.customer.sheet_loyalty_programme = "Gold club"
        self.assertEqual(self.brief(self.customer)["bought"], "Loyalty programme: Gold club")
        figures = {"sheet_order_count": 4, "sheet_average_basket": 250}
        self.customer.write({**figures, "sheet_last_order_date": "2026-02-03"})
        self.assertIn("4 orders", self.brief(self.prospect)["bought"])
        self.assertIn("02/03/2026", self.brief(self.customer)["bought"])

    def test_what_they_buy_is_told_in_the_currency_of_who_sold_it(self):
        """What another company sold to a shared contact is not told, nor in another currency."""
        here, foreign = self.env.company, self.env.ref("base.JPY")
        foreign.active = True
        there = self.env["res.company"].create({"name": "There", "currency_id": foreign.id})
        lines = self.env["customer.sheet.purchase"].sudo()
        lines.create(
            {
                "partner_id": self.customer.id,
                "company_id": there.id,
                "orders": 2,
                "basket": 50000,
                "last_on": "2026-02-03",
            }
        )
        # as the nightly job does
        self.customer.write({"sheet_order_count": 2, "sheet_average_basket": 50000})
        self.customer.sheet_loyalty_programme = False
        self.assertEqual(self.brief(self.prospect)["bought"], "")
        line = lines.create({"partner_id": self.customer.id, "company_id": here.id, "orders": 1})
        line.write({"basket": 80, "last_on": "2025-02-03"})
        bought = self.brief(self.prospect)["bought"]
        self.assertEqual(bought, "One order of $\xa080.00, on 02/03/2025")
        self.rep.company_ids |= there
        told = self.mine(self.customer).with_context(allowed_company_ids=there.ids)
        self.assertIn("2 orders of ¥\xa050,000 ", told.sheet_brief()["bought"])
        self.customer.company_id = here
        self.assertEqual(self.brief(self.customer)["bought"], bought)

    # -- what to ask ---------------------------------------------------------------

    def test_the_gate_asks_first(self):
        self.env.ref("crm_customer_sheet.gate_qualified").mode = "enforce"
        lead = self.lead(contact_name="Grace", type="opportunity", stage_id=self.new.id)
        missing = self.brief(lead)["missing"]
        self.assertEqual(missing["stage"], "Qualified")
        self.assertEqual(len(missing["questions"]), 3)
        self.assertEqual(missing["questions"][0]["code"], "need")
        self.assertTrue(missing["questions"][0]["wording"].endswith("?"))
        [gate] = self.mine(lead).sheet_glance()["sheet_gaps"]["gates"]
        self.assertEqual(missing["count"], len(gate["missing"]))
        lead.sheet_need = "Two lines"
        self.assertEqual(self.brief(lead)["missing"]["count"], missing["count"] - 1)

    def test_what_no_gate_asks_for_is_missing_before_no_stage(self):
        self.env.ref("crm_customer_sheet.gate_qualified").active = False
        lead = self.lead(contact_name="Grace", type="opportunity", stage_id=self.new.id)
        missing = self.brief(lead)["missing"]
        self.assertFalse(missing["stage"])
        self.assertGreater(missing["count"], 1)

    def test_nothing_to_ask(self):
        self.assertEqual(self.brief(self.customer)["missing"]["questions"], [])

    # -- promises --------------------------------------------------------------------

    def test_promises_of_the_whole_customer_late_first(self):
        other = self.lead(name="Spare parts", partner_id=self.customer.id)
        other.sudo().activity_ids.unlink()
        other.activity_schedule(
            "mail.mail_activity_data_call", "2020-01-02", summary="Send the quotation"
        )
        promises = self.brief(self.prospect)["promises"]
        self.assertEqual(promises["late"], 1)
        self.assertEqual(promises["items"][0]["summary"], "Send the quotation")
        self.assertEqual(promises["items"][0]["about"], "Spare parts")
        self.assertIn("Ring back", [each["summary"] for each in promises["items"]])

    def test_all_promises_are_counted(self):
        before = self.brief(self.prospect)["promises"]["count"]
        kind = self.env.ref("mail.mail_activity_data_todo").id
        of = {"res_model_id": self.env["ir.model"]._get_id("crm.lead"), "activity_type_id": kind}
        self.env["mail.activity"].create(
            [
                {**of, "res_id": self.prospect.id, "summary": "Ask", "user_id": self.rep.id}
                for _each in range(110)
            ]
        )
        promises = self.brief(self.prospect)["promises"]
        self.assertEqual((promises["count"], len(promises["items"])), (before + 110, 3))

    def test_promises_on_leads_of_others_are_not_told(self):
        lead = self.lead(self.colleague, name="Secret", partner_id=self.customer.id)
        lead.activity_schedule("mail.mail_activity_data_call", summary="Whisper")
        told = json.dumps(self.brief(self.prospect), default=str)
        self.assertNotIn("Whisper", told)
        self.assertNotIn("Secret", told)


@tagged("post_install", "-at_install")
class TestBriefChanges(SheetCase):
    """What has changed since somebody looked last."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leads = cls.env["crm.lead"].with_user(cls.rep)
        cls.prospect = leads.create({"name": "HVAC", "type": "opportunity"}).sudo(False)
        cls.env.cr.precommit.run()

    def look(self, ago, user=None):
        """Look at the prospect some time ago."""
        moment = fields.Datetime.now() - ago
        with patch.object(fields.Datetime, "now", lambda *args: moment):
            self.mine(user).sheet_brief_looked()

    def mine(self, user=None):
        return self.prospect.with_user(user or self.rep).with_context(**CONTEXT)

    def change(self, user, **values):
        self.prospect.with_user(user).write(values)
        self.env.flush_all()
        self.env.cr.precommit.run()

    def changes(self, user=None):
        return self.mine(user).sheet_brief()["changes"]

    def test_the_first_time(self):
        self.assertIs(self.changes(), False)
        self.look(timedelta())
        self.assertIs(self.changes(), False)

    def test_what_others_have_changed(self):
        self.look(timedelta(days=3))
        self.change(self.manager, sheet_deadline="2031-06-07", sheet_need="Two lines")
        told = {each["what"]: each for each in self.changes()["items"]}
        self.assertEqual(told["Deadline"]["text"], "06/07/2031")
        self.assertEqual(told["Need"]["text"], "Two lines")
        self.assertEqual(told["Need"]["by"], self.manager.name)

    def test_what_has_a_day_to_come_is_not_new_until_then(self):
        """As an invoice of tomorrow; it would be new at each look."""
        self.look(timedelta(days=3))
        message = self.prospect.with_user(self.manager).message_post(
            **{"body": "Later", "message_type": "comment"}
        )
        self.assertEqual(self.changes()["count"], 1)
        message.date = fields.Datetime.now() + timedelta(days=2)
        self.assertEqual(self.changes()["count"], 0)

    def test_what_one_has_changed_oneself_is_known(self):
        self.look(timedelta(days=3))
        self.change(self.rep, sheet_need="Two lines")
        self.assertEqual(self.changes()["count"], 0)

    def test_looking_again_soon_is_the_same_look(self):
        self.look(timedelta(days=3))
        self.change(self.manager, sheet_need="Two lines")
        self.look(timedelta())
        self.assertEqual(self.changes()["count"], 1)

    def test_each_has_looked_for_themselves(self):
        [boss] = people(self.env, "clerk")
        self.look(timedelta(days=3), boss)
        self.assertIs(self.changes(), False)
        self.assertEqual(self.changes(boss)["items"][0]["by"], self.rep.name)

    def test_old_looks_are_forgotten(self):
        self.look(timedelta(days=400))
        self.env["customer.sheet.look"].sudo()._gc_looks()
        self.assertFalse(self.env["customer.sheet.look"].sudo().search_count([]))
