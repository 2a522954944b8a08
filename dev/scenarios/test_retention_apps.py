"""How long data stay, beside other apps: what people do there counts."""

from .apps import AppsScenario

#: People whose time is over, each with one thing that they did a month ago, or long ago.
PEOPLE = """
from datetime import date
from dateutil.relativedelta import relativedelta
from odoo.fields import Command

today = date.today()
ago = lambda months: today - relativedelta(months=months)
rules = env["customer.sheet.retention.rule"].search([])
rules.ask_purpose_id = False
partners = env["res.partner"]

def person(name, **values):
    partner = partners.create({"name": name, **values})
    people[name] = partner
    return partner

people = {}
product = env["product.product"].create({"name": "Audit", "type": "service", "taxes_id": []})

def order(name, months):
    line = {"product_id": product.id, "price_unit": 100, "tax_ids": []}
    order = env["sale.order"].create({"partner_id": person(name).id,
        "order_line": [Command.create(line)]})
    order.action_confirm()
    order.date_order = ago(months)

def invoice(name, months):
    line = {"product_id": product.id, "price_unit": 100, "tax_ids": []}
    move = env["account.move"].create({"move_type": "out_invoice", "partner_id": person(name).id,
        "invoice_date": ago(months), "invoice_line_ids": [Command.create(line)]})
    move.action_post()

person("nothing")
order("ordered", 1)
order("ordered long ago", 40)
invoice("invoiced long ago", 40)
person("supplier", supplier_rank=1)
mailing = env["mailing.mailing"].create({"subject": "News", "body_html": "<p>News</p>"})
for name, column in (("clicked", "links_click_datetime"), ("opened", "open_datetime")):
    env["mailing.trace"].create({"mass_mailing_id": mailing.id, "model": "res.partner",
        "res_id": person(name).id, column: ago(1)})
website = env["website"].search([], limit=1)
visitor = person("visited")
env["website.visitor"].create({"access_token": str(visitor.id), "website_id": website.id,
    "last_connection_datetime": ago(1)})
survey = env["survey.survey"].create({"title": "How was it?"})
env["survey.user_input"].create({"survey_id": survey.id, "partner_id": person("surveyed").id,
    "state": "done", "end_datetime": ago(1)})
event = env["event.event"].create({"name": "Fair", "date_begin": ago(1), "date_end": ago(1)})
env["event.registration"].create({"event_id": event.id, "partner_id": person("registered").id})
payer = person("paid")
env["account.payment"].create({"partner_id": payer.id, "partner_type": "customer",
    "payment_type": "inbound", "amount": 10, "date": ago(1)}).action_post()
env["res.partner"]._cron_sheet_purchases()
env.flush_all()
env.cr.execute("UPDATE res_partner SET create_date = %s WHERE id = ANY(%s)",
    [ago(60), [each.id for each in people.values()]])
env.invalidate_all()
run = env["customer.sheet.retention.run"]._start()
lines = {line.partner_id: line for line in run.line_ids}
found = {name: (line.action, line.because, line.until, line.rule_id.status)
    if (line := lines.get(partner)) else None for name, partner in people.items()}
tell(found)
"""


class TestRetentionApps(AppsScenario):
    def test_what_people_do_in_apps_counts_and_documents_hold_only_themselves(self):
        found = self.told(PEOPLE)
        stay = [name for name, line in found.items() if line is None]
        active = ["ordered", "clicked", "visited", "surveyed", "registered", "paid"]
        self.assertEqual(sorted(stay), sorted([*active, "supplier"]))
        self.assertEqual(found["nothing"], ["erase", False, False, "prospect"])
        self.assertEqual(found["opened"], ["erase", False, False, "prospect"])
        for name in ("ordered long ago", "invoiced long ago"):
            action, because, until, status = found[name]
            self.assertEqual((action, because, status), ("erase", "document", "customer"))
            self.assertGreater(until, "2028")
