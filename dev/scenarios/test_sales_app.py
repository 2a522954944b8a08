"""With the sales app, the purchase figures of the sheet come from confirmed orders (B2)."""

from . import scenario

CHORE = """
chores = env["customer.sheet.chore"]
chores._declare()
chore = chores.search([("code", "=", "purchases")])
chore._do()
assert not chore.failure, chore.failure
env.cr.commit()
"""


class TestSalesApp(scenario.Scenario):
    def test_purchase_figures_come_from_confirmed_orders(self):
        self.name = self.database()
        scenario.install(self.name, "sale")
        self.client = self.server(self.name, workers=0).client()
        company = self.create("res.partner", name="Atlas Meca", is_company=True)
        person = self.create("res.partner", name="Salma Bennani", parent_id=company)
        for partner, price in ((company, 100), (person, 300)):
            self.order(partner, price, confirmed=True)
        self.order(company, 5000, confirmed=False)
        self.run_job()
        figures = ["sheet_order_count", "sheet_average_basket", "sheet_spend_12m"]
        [found] = self.client.call("res.partner", "read", [company], figures)
        self.assertEqual([found[name] for name in figures], [2, 200.0, 400.0])
        [found] = self.client.call("res.partner", "read", [company], ["sheet_has_sales_app"])
        self.assertTrue(found["sheet_has_sales_app"])
        self.cancelled_orders_do_not_count(company)

    def cancelled_orders_do_not_count(self, company):
        """F6: nor do they leave the figures of a time when they did."""
        typed = self.create("res.partner", name="Old customer", sheet_order_count=7)
        draft = self.create("res.partner", name="Asked once", sheet_order_count=3)
        self.order(draft, 10, confirmed=False)
        orders = self.client.call("sale.order", "search", [["state", "=", "sale"]])
        self.client.call("sale.order", "action_cancel", orders)
        self.run_job()
        names = ["sheet_order_count", "sheet_average_basket", "sheet_last_order_date"]
        found = self.client.call("res.partner", "read", [company, typed, draft], names)
        self.assertEqual([each["sheet_order_count"] for each in found], [0, 7, 0])
        self.assertFalse(found[0]["sheet_average_basket"])
        self.assertFalse(found[0]["sheet_last_order_date"])

    def create(self, model, **values):
        [record_id] = self.client.call(model, "create", [values])
        return record_id

    def order(self, partner, price, confirmed):
        product = self.create("product.product", name="Service", type="service", taxes_id=[])
        line = {"product_id": product, "product_uom_qty": 1, "price_unit": price, "tax_ids": []}
        order = self.create("sale.order", partner_id=partner, order_line=[[0, 0, line]])
        if confirmed:
            self.client.call("sale.order", "action_confirm", [order])

    def run_job(self):
        scenario.shell(self.name, CHORE)
