from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..people import person
from .common import SheetCase


@tagged("post_install", "-at_install")
class TestPurchases(SheetCase):
    """What a customer has bought stands on its sheet, by company; without apps nothing does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        installed = "_sheet_sales_installed", lambda self: True
        cls.classPatch(cls.registry["res.partner"], *installed)
        cls.purchases = cls.env["customer.sheet.purchase"]
        cls.here = cls.env.company
        cls.there = cls.env["res.company"].create({"name": "Other company"})
        cls.customer = cls.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        cls.both = person(
            cls.env, "rep", "sheet_both", company_ids=[Command.set([cls.here.id, cls.there.id])]
        )

    def line(self, customer=None, company=None, **values):
        values = {"orders": 2, "amount": 300, "basket": 150, **values}
        customer, company = customer or self.customer, company or self.here
        return self.purchases.create(
            {"partner_id": customer.id, "company_id": company.id, **values}
        )

    def test_a_shared_contact_shows_what_it_bought_where_the_reader_works(self):
        here, there = self.line(), self.line(company=self.there, amount=7000)
        seen = self.customer.with_user(self.both)
        both = self.here + self.there
        self.assertEqual(seen.with_company(self.here).sheet_purchase_id, here)
        of_there = seen.with_context(allowed_company_ids=(self.there + self.here).ids)
        self.assertEqual(of_there.sheet_purchase_id, there)
        self.assertEqual(of_there.sheet_bought_amount, 7000)
        lines = seen.with_context(allowed_company_ids=both.ids).sheet_purchase_ids
        self.assertEqual(lines, here + there)

    def test_a_contact_of_one_company_shows_what_it_bought_there(self):
        self.customer.company_id = self.there
        self.line()
        there = self.line(company=self.there)
        seen = self.customer.with_user(self.both)
        seen = seen.with_context(allowed_company_ids=(self.here + self.there).ids)
        self.assertEqual(seen.sheet_purchase_id, there)

    def test_nobody_sees_what_is_bought_from_another_company(self):
        self.line(company=self.there)
        seen = self.customer.with_user(self.rep)
        self.assertFalse(seen.sheet_purchase_id)
        self.assertFalse(self.purchases.with_user(self.rep).search([]))
        with self.assertRaises(AccessError):
            self.purchases.with_user(self.outsider).search([])

    def test_customers_are_found_by_what_they_bought(self):
        self.line(amount=300)
        other = self.env["res.partner"].create({"name": "Rif Conseil"})
        self.line(other, amount=20)
        self.line(other, self.there, amount=9000)
        partners = self.env["res.partner"].with_user(self.rep)
        among = ("id", "in", (self.customer + other).ids)
        rich = partners.search([("sheet_bought_amount", ">", 100), among])
        self.assertEqual(rich, self.customer)
        self.assertEqual(
            partners.search([("sheet_purchase_id", "!=", False), among]).ids,
            (self.customer + other).ids,
        )

    def test_who_has_bought_nothing_has_bought_for_nothing(self):
        """Odoo takes whoever has no line for a match of "> 0"."""
        other = self.env["res.partner"].create({"name": "Rif Conseil"})
        self.line(orders=3, amount=300)
        self.line(other, self.there, orders=9, amount=9000)
        partners = self.env["res.partner"].with_user(self.rep)
        among, neither = (self.customer + other).ids, self.customer.browse()
        wanted = {
            (">", 0): self.customer,
            ("!=", 0): self.customer,
            (">=", 0): self.customer + other,
            ("<", 5): self.customer + other,
            ("<=", 0): other,
            ("=", 0): other,
            ("<", 0): neither,
            (">", 3000): neither,
            (">", -1): self.customer + other,
        }
        for (operator, value), found in wanted.items():
            for name in ("sheet_bought_orders", "sheet_customer_value", "sheet_bought_amount"):
                if value == 5 and name != "sheet_bought_orders":
                    continue
                self.purchases.search([]).write({"value": 100})
                domain = [(name, operator, value), ("id", "in", among)]
                self.assertEqual(partners.search(domain), found, domain)
                negated = partners.search(["!", domain[0], domain[1]])
                self.assertEqual(negated, (self.customer + other) - found, domain)

    def test_who_has_bought_nothing_is_found(self):
        self.line(company=self.there)
        partners = self.env["res.partner"].with_user(self.rep)
        nothing = [("sheet_purchase_id", "=", False), ("id", "=", self.customer.id)]
        self.assertEqual(partners.search(nothing), self.customer)
        self.line()
        self.assertFalse(partners.search(nothing))

    def test_the_page_shows_them(self):
        self.line()
        keeper = person(self.env, "keeper")
        seen = self.customer.with_user(keeper).with_context(sheet_page_view_ref="whole")
        with Form(seen) as form:
            self.assertEqual(form.sheet_bought_basket, 150)
            form.sheet_phone2 = "0612345678"
        self.assertEqual(self.purchases.search_count([("partner_id", "=", self.customer.id)]), 1)

    def test_many_contacts_take_no_more_queries_than_two(self):
        names = ["sheet_purchase_currency_id", "sheet_bought_amount", "sheet_bought_12m"]
        contacts = self.env["res.partner"].create([{"name": f"C{n}"} for n in range(12)])
        for contact in contacts:
            self.line(contact)
        contacts = contacts.with_user(self.rep)
        contacts[:2].read(["name", *names])
        counts = []
        for part in (contacts[:2], contacts):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            part.read(["name", *names])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestWithoutTheApps(SheetCase):
    """What is typed stays, and what an app told goes with it (with them: dev/scenarios)."""

    def test_nothing_happens(self):
        if {"sale.order", "loyalty.card"} & self.env.registry.models.keys():
            self.skipTest("the apps are installed")
        customer = self.env["res.partner"].create(
            {"name": "Ada", "sheet_average_basket": 42, "sheet_loyalty_programme": "Club"}
        )
        line = self.env["customer.sheet.purchase"].create(
            {"partner_id": customer.id, "company_id": self.env.company.id, "orders": 2}
        )
        self.assertFalse(customer.sheet_has_sales_app)
        self.assertFalse(customer.sheet_has_loyalty_app)
        self.assertFalse(customer.sheet_purchase_id)
        self.env["res.partner"]._cron_sheet_purchases()
        self.assertEqual(customer.sheet_average_basket, 42)
        self.assertEqual(customer.sheet_loyalty_programme, "Club")
        self.assertFalse(line.exists())
