"""A customer with invoices, beside the apps that made them: restricted now, erased at term."""

from .apps import AppsScenario

PEOPLE = """
from datetime import date, datetime
from freezegun import freeze_time
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

here = env.company
here.partner_id.country_id = env.ref("base.fr")
env["account.chart.template"].try_loading("generic_coa", here)
here.write({"fiscalyear_last_month": "6", "fiscalyear_last_day": 30})
partners, people = env["res.partner"], env["customer.sheet.person"]
julie = partners.create({"name": "Zyxquill Julie", "email": "zyxquill@example.com",
    "street": "1 rue Zyxquill", "comment": "Likes tea"})
depot = partners.create({"name": "Zyxquill depot", "type": "delivery", "parent_id": julie.id})
chair = env["product.product"].create({"name": "Chair", "type": "service", "taxes_id": False,
    "invoice_policy": "order", "list_price": 100})
line = {"product_id": chair.id, "price_unit": 100, "tax_ids": False}

def order(partner, day):
    made = env["sale.order"].create({"partner_id": partner.id,
        "order_line": [Command.create({**line, "product_uom_qty": 1})]})
    made.action_confirm()
    made.date_order = datetime.combine(day, datetime.min.time())
    return made

def bill(partner, day, post=True):
    made = env["account.move"].create({"move_type": "out_invoice", "partner_id": partner.id,
        "invoice_date": day, "invoice_line_ids": [Command.create(line)]})
    if post:
        made.action_post()
    return made

rep = new_test_user(env, "term_rep", groups="sales_team.group_sale_salesman_all_leads")
accountant = new_test_user(env, "term_books", groups="account.group_account_user")
"""

HELD = """
order(julie, date(2023, 5, 1))
last = order(julie, date(2024, 5, 1))
june, july = bill(julie, date(2024, 6, 30)), bill(depot, date(2024, 7, 1))
draft = bill(julie, date(2024, 6, 30), post=False)
with freeze_time("2026-03-02"):
    known = people._expand(julie)
    tell({
        "held": [[h.model, len(h.ids), h.ground, str(h.until)] for h in people._held(known)],
        "until": str(people._held_until(known)),
        "in sets": sorted([str(row[3 + 2])] + [row[1]] for row in
            env.execute_query(people._held_sql()) if row[0] == julie.id),
        "nobody else": people._held(people._expand(partners.create({"name": "Plain"}))),
    })
"""

TERM = """
invoice = bill(julie, date(2024, 6, 30))
lead = env["crm.lead"].create({"name": "Zyxquill wants", "partner_id": julie.id})
journal = invoice.journal_id
journal.restrict_mode_hash_table = True
invoice.button_hash()
reports = env["ir.actions.report"]

def books():
    env.flush_all()
    env.invalidate_all()
    entries = env["account.move.line"].search([("parent_state", "=", "posted")], order="id")
    printed, _kind = reports.with_user(accountant)._render_qweb_html(
        "account.report_invoice_with_payments", invoice.ids)
    return {
        "entries": [[e.account_id.code, e.partner_id.id, e.partner_id.name, e.name, e.debit,
            e.credit] for e in entries],
        "shown": [invoice.invoice_partner_display_name, invoice.partner_id.contact_address],
        "hash": [found["status"] for found in
            here.with_user(accountant)._check_hash_integrity()["results"]],
        "printed": printed.decode(),
    }

def seen(user):
    found = partners.with_user(user).with_context(active_test=False)
    return len(found.search([("name", "ilike", "zyxquill")]))

with freeze_time("2026-03-02"):
    before = books()
    [(what, until, why)] = env["customer.sheet.erasure"]._erase_term(julie, "Asked").values()
    after = books()
    opened = invoice.with_user(accountant).web_read(
        {"partner_id": {"fields": {"display_name": {}}}})
    first = {
        "what": [what, str(until), why],
        "same": {key: before[key] == after[key] for key in before},
        "seen": [seen(rep), seen(accountant)],
        "opened": opened[0]["partner_id"]["display_name"],
        "kept": [julie.name, julie.email, julie.comment or "", lead.contact_name or ""],
        "ground": julie.sheet_restricted_ground,
    }
with freeze_time("2034-06-30"):
    people._cron_end()
    first["on the last day"] = julie.name
with freeze_time("2034-07-01"):
    people._cron_end()
    first["the day after"] = "Zyxquill" in julie.name
    first["still balanced"] = books()["hash"] == before["hash"]
tell(first)
"""


class TestRestrictionApps(AppsScenario):
    def test_what_the_law_keeps_and_until_when(self):
        told = self.told(PEOPLE + HELD)
        self.assertEqual(
            told["held"],
            [
                ["sale.order", 2, "claims", "2029-05-01"],
                ["account.move", 1, "duty", "2034-06-30"],
                ["account.move", 1, "duty", "2035-06-30"],
            ],
        )
        self.assertEqual(told["until"], "2035-06-30")
        self.assertEqual(
            told["in sets"],
            [
                ["2028-05-01", "sale.order"],
                ["2029-05-01", "sale.order"],
                ["2034-06-30", "account.move"],
                ["2035-06-30", "account.move"],
            ],
        )
        self.assertEqual(told["nobody else"], [])

    def test_books_do_not_change_and_the_rest_goes_the_day_after(self):
        told = self.told(PEOPLE + TERM)
        self.assertEqual(told["what"], ["restricted", "2034-06-30", ""])
        self.assertEqual(set(told["same"].values()), {True}, told["same"])
        self.assertEqual(told["seen"], [0, 2])
        self.assertEqual(told["opened"], "Zyxquill Julie")
        self.assertEqual(told["ground"], "duty")
        self.assertEqual(told["kept"][0], "Zyxquill Julie")
        self.assertNotIn("Likes tea", told["kept"][2])
        self.assertTrue(told["still balanced"])
        self.assertFalse(told["the day after"])
