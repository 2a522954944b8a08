"""A merge moves the documents of all apps, and its undo leaves every table as it was."""

from . import apps, scenario

#: Checksums of all tables that may point at a contact.
PRELUDE = """
from odoo.fields import Command
from odoo.addons.crm_customer_sheet.models.sheet import references
from odoo.tools import SQL

tables = sorted({p.table for p in references.pointers(env, "res.partner")} | {"res_partner"})
found = {"tables": len(tables)}


def sums():
    env.flush_all()
    env.cr.commit()
    return {
        table: str(env.execute_query(SQL(
            "SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM %s t",
            SQL.identifier(table),
        )))
        for table in tables if not table.startswith("customer_sheet_merge")
    }
"""

#: The rows of the records that are merged.
ROWS = """
def rows():
    env.flush_all()
    return [
        str(env.execute_query(SQL(
            "SELECT to_jsonb(t) FROM %s t WHERE id = %s", SQL.identifier(table), record_id
        )))
        for table, record_id in found["records"]
    ]
"""

CONTACTS = """
partners = env["res.partner"]
kept = partners.create({"name": "Atlas Meca", "is_company": True, "city": "Lyon"})
twin = partners.create({"name": "Atlas Meca SARL", "is_company": True, "email": "a@atlas.fr"})
person = partners.create({"name": "Salma Bennani", "parent_id": twin.id})
lead = env["crm.lead"].create({"name": "Audit", "partner_id": person.id, "type": "opportunity"})
portal = env["res.users"].create({
    "login": "atlas@portal", "partner_id": twin.id,
    "group_ids": [Command.set([env.ref("base.group_portal").id])],
})
twin.message_post(body="Called")
found["records"] = [(r._table, r.id) for r in (kept, twin, person, lead, portal)]
"""

DOCUMENTS = """
product = env["product.product"].create({"name": "Audit", "type": "service", "list_price": 100})
order = env["sale.order"].create({
    "partner_id": twin.id,
    "order_line": [Command.create({
        "product_id": product.id, "product_uom_qty": 2, "tax_ids": [Command.clear()],
    })],
})
order.action_confirm()
invoice = env["account.move"].create({
    "move_type": "out_invoice", "partner_id": twin.id, "invoice_date": "2026-01-15",
    "invoice_line_ids": [Command.create({"product_id": product.id, "price_unit": 100})],
})
invoice.action_post()
payment = env["account.payment"].create({
    "partner_id": twin.id, "amount": 100, "payment_type": "inbound", "partner_type": "customer",
})
payment.action_post()
project = env["project.project"].create({"name": "Line 3", "partner_id": twin.id})
task = env["project.task"].create({
    "name": "Survey", "project_id": project.id, "partner_id": person.id,
})
mailing = env["mailing.mailing"].create({
    "subject": "News", "mailing_model_id": env.ref("base.model_res_partner").id,
})
trace = env["mailing.trace"].create({
    "mass_mailing_id": mailing.id, "model": "res.partner", "res_id": twin.id,
    "email": twin.email, "trace_type": "mail",
})
twin.property_payment_term_id = env["account.payment.term"].search([], limit=1)
"""

#: T1: an account that is paid to does not change hands by a merge.
TRUST = """
rep = env["res.users"].create({
    "login": "rep", "name": "Rep",
    "group_ids": [Command.set([env.ref("sales_team.group_sale_salesman").id])],
})
vendor, mine = partners.create([{"name": "Vendor"}, {"name": "Mine"}])
env["res.partner.bank"].create({
    "partner_id": vendor.id, "acc_number": "BE71096123456769", "allow_out_payment": True,
})
said = [
    merges._blocks("res.partner", [(survivor.id, [tail.id])]).get(survivor.id, [])
    for merges in (env["customer.sheet.merge"].with_user(rep), env["customer.sheet.merge"])
    for survivor, tail in ((mine, vendor), (vendor, mine))
]
found["trust"] = [" ".join(texts) for texts in said]
"""

MERGE = """
before = sums()
found["before"] = before
found["warnings"] = list(env["customer.sheet.merge"]._warnings(kept, twin))
merge = env["customer.sheet.merge"]._merge(kept, twin)
sums()
env.invalidate_all()
found["merge"] = merge.id
found["moved"] = merge.moved
"""

FIGURES = """
found |= {
    "order": order.partner_id == kept,
    "price": order.amount_untaxed,
    "invoice": invoice.partner_id == invoice.commercial_partner_id == kept,
    "lines": invoice.line_ids.partner_id == kept,
    "shown": invoice.invoice_partner_display_name,
    "payment": payment.partner_id == kept,
    "project": project.partner_id == kept,
    "task": task.partner_id == person,
    "trace": trace.res_id == kept.id,
    "portal": portal.partner_id == kept,
    "term": bool(kept.property_payment_term_id),
}
"""

UNDO = """
merge._undo()
after = sums()
found["different"] = [table for table, value in before.items() if after.get(table) != value]
"""


def found_by(name, *parts):
    """What a script of these parts has found, as `scenario.told`."""
    return scenario.told(name, "".join((PRELUDE, *parts, "\ntell(found)")))


class TestMerge(apps.AppsScenario):
    def test_an_undo_leaves_the_tables_of_all_apps_as_they_were(self):
        found = found_by(self.name, CONTACTS, DOCUMENTS, TRUST, MERGE, FIGURES, UNDO)
        by_rep, *others = found["trust"]
        self.assertIn("trusted for payments", by_rep)
        self.assertFalse(any(others), others)
        for kind in ("order", "invoice", "lines", "payment", "project", "task", "trace", "portal"):
            self.assertTrue(found[kind], kind)
        self.assertTrue(found["term"], "values by company")
        self.assertEqual(found["price"], 200, "people's prices are left alone")
        self.assertEqual(found["shown"], "Atlas Meca")
        self.assertEqual(len(found["warnings"]), 2, "a portal user and posted entries")
        self.assertGreater(found["tables"], 60)
        self.assertEqual(found["different"], [])
