from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from ..people import people

TODAY = "2026-11-30"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCustomerValue(TransactionCase):
    """Basket x orders a year x years that customers of the segment stay; never one's own years."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.officer, cls.manager = people(cls.env, "rep", "officer", "manager")
        cls.purchases = cls.env["customer.sheet.purchase"]
        options = cls.env["customer.sheet.option"]
        cls.segment, cls.other_segment = options.search([("kind", "=", "segment")], limit=2)

    def customer(self, days, last=0, orders=1, basket=100, segment=None, company=None, **values):
        """A line of somebody who bought ``days`` ago for the first time."""
        today = fields.Date.today()
        partner = self.env["res.partner"].create(
            {"name": "Customer", "sheet_segment_id": segment and segment.id}
        )
        return self.purchases.create(
            {
                "partner_id": partner.id,
                "company_id": (company or self.env.company).id,
                "orders": orders,
                "basket": basket,
                "amount": basket * orders,
                "first_on": today - timedelta(days=days),
                "last_on": today - timedelta(days=last),
                **values,
            }
        )

    def value(self):
        self.env.flush_all()
        self.env.cr.execute(self.purchases._value_sql())
        self.env.invalidate_all(flush=False)

    def test_who_has_bought_once_is_worth_the_setting(self):
        line = self.customer(10, 10, basket=50)
        self.value()
        self.assertEqual((line.frequency, line.life, line.former_count), (1, 3, 0))
        self.assertEqual(line.value, 150)
        self.assertFalse(line.is_due)

    def test_who_gave_back_more_than_was_bought_is_worth_less_than_nothing(self):
        line = self.customer(10, 10, basket=-20)
        self.value()
        self.assertEqual((line.value, line.value_margin), (-60, 0))

    def test_a_line_without_orders_stops_nothing(self):
        line, other = self.customer(10, orders=0, margin=5), self.customer(10)
        self.value()
        self.assertEqual((line.value, line.value_margin, other.value), (0, 0, 300))

    def test_orders_a_year_count_from_the_first_on(self):
        line = self.customer(731, 30, orders=6, margin=120)
        self.value()
        self.assertEqual(line.frequency, 3.0)
        self.assertEqual(line.value, 900)
        self.assertEqual(line.value_margin, 180)
        self.assertNotEqual(line.value, line.amount)

    def test_the_years_are_those_of_the_segment(self):
        for _each in range(30):  # bought for two years, every 73 days; silent for a year
            self.customer(731 + 365, 365, orders=11, segment=self.segment)
        own = self.customer(3653, 1, orders=20, segment=self.segment)
        other = self.customer(3653, 1, orders=20, segment=self.other_segment)
        self.value()
        self.assertEqual((own.life, own.former_count), (2, 30))
        self.assertEqual((other.life, other.former_count), (3, 0))
        self.assertEqual(own.value, 100 * 2 * 2)

    def test_twenty_nine_tell_nothing_nor_do_those_who_still_buy(self):
        for _each in range(29):
            self.customer(731 + 365, 365, orders=11, segment=self.segment)
        for _each in range(5):
            self.customer(731, 20, orders=11, segment=self.segment)
        line = self.customer(400, 100, segment=self.segment)
        self.value()
        self.assertEqual((line.life, line.former_count), (3, 0))

    def test_the_segment_of_another_company_tells_nothing_here(self):
        company = self.env["res.company"].create({"name": "Other company"})
        for _each in range(30):
            self.customer(1096, 365, orders=11, segment=self.segment, company=company)
        line = self.customer(400, 100, segment=self.segment)
        self.value()
        self.assertEqual(line.former_count, 0)

    def test_the_setting_holds_where_too_few_have_left(self):
        self.env["res.config.settings"].create({"sheet_customer_years": 4.5}).execute()
        line = self.customer(10, 10)
        self.value()
        self.assertEqual(line.value, 450)

    def test_who_had_no_time_to_come_back_does_not_count(self):
        for pause in (50, 60, 70):
            self.customer(pause * 2, 0, orders=3)
        early, late = self.customer(59), self.customer(60)
        self.value()
        self.assertEqual((early.is_due, late.is_due), (False, True))

    def test_what_nothing_changes_is_not_written(self):
        self.customer(10, 10)
        self.value()
        self.value()
        self.assertEqual(self.env.cr.rowcount, 0)

    def test_every_number_says_its_formula(self):
        line = self.customer(731, 30, orders=6).with_user(self.rep)
        self.value()
        formula = line.value_formula.replace("\xa0", " ")
        for word in ("100.00", "3.00 orders a year", "3.00 years", "a setting"):
            self.assertIn(word, formula)
        names = ["value", "basket", "frequency", "life", "amount", "spend_12m", "margin"]
        for name, told in self.purchases.fields_get(names, ["help"]).items():
            self.assertTrue(told.get("help"), name)

    def test_reps_read_and_nobody_writes(self):
        line = self.customer(10, 10)
        self.assertEqual(
            line.with_user(self.rep).action_open_customer()["res_id"], line.partner_id.id
        )
        for user in (self.rep, self.manager, self.officer):
            with self.assertRaises(AccessError):
                line.with_user(user).value = 9
            with self.assertRaises(AccessError):
                line.with_user(user).unlink()

    def test_customers_are_grouped_by_their_segment(self):
        for basket, segment in ((50, self.segment), (70, self.segment), (9, self.other_segment)):
            self.customer(10, 10, basket=basket, segment=segment)
        self.value()
        lines = self.purchases.with_user(self.rep)
        found = lines._read_group([], ["segment_id"], ["value:sum", "__count"])
        self.assertEqual({each[0]: each[1:] for each in found}[self.segment], (360, 2))
        search = self.env.ref("crm_customer_sheet.customer_sheet_purchase_view_search").arch
        for name in ("segment_id", "sector", "source_id", "company_id", "last_on:quarter"):
            self.assertIn(name, search)
            lines.formatted_read_group([], [name], ["value:sum"])
