"""The brief beside other apps: what they have open, for whom, each where it is installed."""

from .apps import AppsScenario

#: A ticket as a helpdesk that is not Odoo's own has it: the fields are what counts.
TICKETS = """
from odoo import fields, models
import odoo

class Stage(models.Model):
    _name = _description = "helpdesk.ticket.stage"
    _module = None
    name = fields.Char()
    closed = fields.Boolean()

class Ticket(models.Model):
    _name = _description = "helpdesk.ticket"
    _module = None
    name = fields.Char()
    partner_id = fields.Many2one("res.partner")
    stage_id = fields.Many2one("helpdesk.ticket.stage")

NAMES = ["helpdesk.ticket.stage", "helpdesk.ticket"]
for each in (Stage, Ticket):
    odoo.orm.model_classes.add_to_registry(env.registry, each)
env.registry._setup_models__(env.cr, NAMES)
env.registry.init_models(env.cr, NAMES, {"models_to_check": True})
for name in NAMES:
    env["ir.model.access"].create({"name": name, "model_id": env["ir.model"]._get_id(name),
        "perm_read": True, "group_id": env.ref("base.group_user").id})
"""

#: A company with two people; the lead is one's, and most of the business the other's.
OPEN = """
from datetime import timedelta
from odoo.fields import Command
from odoo.tests import new_test_user

today = fields.Date.today()
sales = "sales_team.group_sale_salesman"
rep = new_test_user(env, "brief_rep", groups=f"{sales},project.group_project_user")
rival = new_test_user(env, "brief_rival", groups=sales)
boss = new_test_user(env, "brief_boss",
    groups="sales_team.group_sale_manager,account.group_account_invoice")
atlas = env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
salma = env["res.partner"].create({"name": "Salma", "parent_id": atlas.id})
bilal = env["res.partner"].create({"name": "Bilal", "parent_id": atlas.id})
other = env["res.partner"].create({"name": "Another company", "is_company": True})
lead = env["crm.lead"].create({"name": "HVAC line", "type": "opportunity",
    "partner_id": salma.id, "user_id": rep.id})
bare = env["crm.lead"].create({"name": "Nobody yet", "user_id": rep.id})
product = env["product.product"].create({"name": "Audit", "type": "service", "taxes_id": [],
    "invoice_policy": "order"})
euro = env.ref("base.EUR")
euro.active = True
abroad = env["product.pricelist"].create({"name": "Euros", "currency_id": euro.id})

def order(partner, price, **values):
    line = {"product_id": product.id, "price_unit": price, "tax_ids": []}
    return env["sale.order"].create({"partner_id": partner.id, "user_id": rep.id,
        "order_line": [Command.create(line)], **values})

order(bilal, 1000)
order(atlas, 300)
order(salma, 50, pricelist_id=abroad.id)
order(salma, 7000).action_confirm()
order(salma, 9999)._action_cancel()
order(other, 4444)

def invoice(partner, price, days, kind="out_invoice"):
    line = {"name": "Audit", "price_unit": price, "tax_ids": []}
    move = env["account.move"].create({"move_type": kind, "partner_id": partner.id,
        "invoice_date": today - timedelta(days=90), "invoice_line_ids": [Command.create(line)],
        "invoice_payment_term_id": False, "invoice_date_due": today + timedelta(days=days)})
    move.action_post()

invoice(bilal, 400, -12)
invoice(atlas, 100, -3)
invoice(salma, 900, 20)
invoice(salma, 60, 20, "out_refund")
invoice(other, 5555, -3)

project = env["project.project"].create({"name": "Audit", "privacy_visibility": "employees"})
for name, state in (("Report", "01_in_progress"), ("Visit", "1_done")):
    env["project.task"].create({"name": name, "state": state, "project_id": project.id,
        "partner_id": bilal.id})
over = env["helpdesk.ticket.stage"].create({"name": "Solved", "closed": True})
for name, stage in (("Too loud", False), ("Too warm", over.id)):
    env["helpdesk.ticket"].create({"name": name, "partner_id": bilal.id, "stage_id": stage})

def business(record, user):
    brief = record.with_user(user).sheet_brief()
    told = {}
    for each in brief["business"]:
        amounts = sorted(round(one["amount"], 2) for one in each["amounts"])
        told[each["code"]] = [each["count"], *amounts]
        action = each["action"]
        found = env[action["res_model"]].with_user(user).search_count(action["domain"])
        assert found == each["count"], (each, found)
    return told

def queries(record):
    record = record.with_user(rep)
    record.sheet_brief()
    env.flush_all()
    env.invalidate_all()
    before = env.cr.sql_log_count
    record.sheet_brief()
    return env.cr.sql_log_count - before

env["customer.sheet.look"].sudo().create({"user_id": rep.id, "node": -lead.id,
    "looked_at": "2026-01-01"})
late = next(each for each in lead.with_user(boss).sheet_brief()["business"] if each["is_late"])
tell({
    "lead": business(lead, rep),
    "company": business(atlas, rep),
    "boss": business(bilal, boss),
    "rival": business(salma, rival),
    "bare": business(bare, rep),
    "late_since": (today - fields.Date.to_date(late["since"])).days,
    "queries": [queries(lead), queries(salma)],
})
"""


class TestBriefApps(AppsScenario):
    def test_what_other_apps_have_open(self):
        """A10, E6: of the whole customer, under the reader's rights, in six queries."""
        told = self.told(TICKETS + OPEN)
        mine = {"quotations": [3, 50, 1300], "orders": [1, 7000], "tasks": [1], "tickets": [1]}
        self.assertEqual(told["lead"], mine, "a salesperson sees no invoices")
        self.assertEqual(told["company"], mine)
        invoices = {"invoices": [1, 900], "overdue": [2, 500], "credits": [1, 60]}
        self.assertEqual({code: told["boss"].get(code) for code in invoices}, invoices)
        self.assertEqual(told["late_since"], 12)
        self.assertNotIn("quotations", told["rival"], "orders of another salesperson")
        self.assertEqual(told["bare"], {})
        self.assertLessEqual(max(told["queries"]), 6)
