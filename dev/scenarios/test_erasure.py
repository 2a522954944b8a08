"""Erasing a customer beside other apps: documents stay as they are, and a crash loses nothing."""

from .apps import AppsScenario

PEOPLE = """
import os, signal
from odoo import api, fields, SUPERUSER_ID, sql_db

env["ir.config_parameter"].set_param("crm_customer_sheet.backup_days", "30")
product = env["product.product"].create({"name": "Roof", "type": "service"})

def customer(name):
    return env["res.partner"].create(
        {"name": name, "email": f"{name.split()[1].lower()}@zyx.example", "phone": "+33612345678",
         "street": "1 rue Zyx", "comment": "likes tea"})

def prepared(record):
    erasure = env["customer.sheet.erasure"]._start(record)
    for text in erasure.text_ids.filtered(lambda text: not text.decision):
        text.write({"decision": "delete" if text.is_file else "cut"})
    return erasure

def finished(erasure):
    erasure.write({"state": "running", "total": 11})
    while erasure.state == "running":
        erasure._advance()
    return erasure
"""

#: What a killed worker leaves: its transaction is gone, what it did to files stays.
CRASHES = (
    PEOPLE
    + """
from odoo.addons.crm_customer_sheet.models.privacy.erasure.words import STEPS

anna = customer("Anna Zyxcrash")
other = env["res.partner"].create({"name": "Bo Bystander"})
note = other.message_post(body="Ask Anna Zyxcrash")
lead = env["crm.lead"].create({"name": "Roof", "partner_id": anna.id})
file = env["ir.attachment"].create({"name": "x", "raw": b"Anna Zyxcrash, alone",
                                    "res_model": "res.partner", "res_id": anna.id})
path = file._full_path(file.store_fname)
erasure = prepared(anna)
erasure.write({"state": "running", "total": 11})
env.cr.commit()

def killed_in(step):
    child = os.fork()
    if not child:
        sql_db._Pool = None  # a connection of its own, which ends with it
        with sql_db.db_connect(env.cr.dbname).cursor() as cr:
            mine = api.Environment(cr, SUPERUSER_ID, {})[erasure._name].browse(erasure.id)
            assert STEPS[mine.done] == step, (mine.done, step)
            mine._advance()
            mine.env.flush_all()
            os.kill(os.getpid(), signal.SIGKILL)
    return os.waitpid(child, 0)[1] == signal.SIGKILL

crashed = []
for step in STEPS:
    crashed.append(killed_in(step))
    env.invalidate_all()
    while erasure.state == "running" and STEPS[erasure.done] == step:
        erasure._advance()
        env.cr.commit()
entries = env["customer.sheet.erasure.entry"].search([("erasure", "=", erasure.id)])
tell({
    "crashed": all(crashed), "state": erasure.state, "left": erasure.left_text,
    "seal": erasure.seal,
    "entries": len(entries), "name": anna.name, "note": note.body, "file": os.path.exists(path),
    "lead": lead.active,
})
"""
)

DOCUMENTS = (
    PEOPLE
    + """
from odoo.exceptions import UserError
from odoo.tests import new_test_user

env["account.chart.template"].try_loading("generic_coa", env.company)
groups = "account.group_account_user,base.group_partner_manager"
accountant = new_test_user(env, "erase_books", groups=groups)
anna = customer("Anna Zyxorder")
visitor = env["website.visitor"].create({"access_token": str(anna.id), "partner_id": anna.id})
order = env["sale.order"].create(
    {"partner_id": anna.id,
     "order_line": [(0, 0, {"product_id": product.id, "price_unit": 100})]})
draft = order.copy({"note": "Anna Zyxorder asks for red"})
order.action_confirm()
move = env["account.move"].create(
    {"partner_id": anna.id, "move_type": "out_invoice", "invoice_date": "2026-01-05",
     "invoice_line_ids": [
         (0, 0, {"name": "Roof of Anna Zyxorder", "quantity": 1, "price_unit": 9})]})
move.action_post()
contact = env["mailing.contact"].create({"name": "Anna Zyxorder", "email": anna.email})
meeting = env["calendar.event"].create(
    {"name": "With Anna Zyxorder", "start": "2026-01-01", "stop": "2026-01-01",
     "partner_ids": [(6, 0, anna.ids)]})
env.flush_all()
held = {k.model for k in env["customer.sheet.person"]._held(
    env["customer.sheet.person"]._expand(anna))}

def books():
    env.flush_all()
    env.cr.execute("SELECT m::text FROM account_move m WHERE id = %s", [move.id])
    moves = env.cr.fetchall()
    lines = "SELECT l::text FROM account_move_line l WHERE move_id = %s ORDER BY id"
    env.cr.execute(lines, [move.id])
    return moves + env.cr.fetchall()

before = books()
erasure = finished(prepared(anna))
left = [anna.name, anna.street, anna.email, anna.comment]
same = books() == before

def refused(**vals):
    try:
        with env.cr.savepoint():
            anna.with_user(accountant).write(vals)
    except UserError as error:
        return "there again" in str(error)

written = {"empty": refused(email="a@zyx.example"), "kept": refused(street="2 rue Zyx")}
with env.cr.savepoint():  # what accounting does with it goes on
    move.message_post(body="A copy", partner_ids=anna.ids)
    move.with_user(accountant)._reverse_moves(cancel=True)
tell({
    "held": sorted(held), "state": erasure.state, "left": erasure.left_text,
    "same": same, "written": written, "kept": left,
    "until": erasure.kept_until, "ground": anna.sheet_restricted_ground,
    "restricted": anna.sheet_restricted_until,
    "visitor": bool(visitor.exists()), "mailing": bool(contact.exists()), "meeting": meeting.name,
    "draft": str(draft.note), "failure": erasure.failure, "found": erasure.found,
})
"""
)


class TestErasure(AppsScenario):
    def test_killed_in_every_step_it_ends_the_same(self):
        told = self.told(CRASHES)
        self.assertTrue(told["crashed"])
        self.assertEqual((told["state"], told["left"]), ("done", False))
        self.assertTrue(told["seal"])
        self.assertEqual(told["entries"], 1)
        self.assertIn("Erased person", told["name"])
        self.assertNotIn("Zyxcrash", told["note"])
        self.assertFalse(told["file"] or told["lead"])

    def test_documents_stay_and_all_else_goes(self):
        told = self.told(DOCUMENTS)
        self.assertIn("account.move", told["held"])
        self.assertEqual((told["state"], told["left"]), ("done", False), told)
        self.assertTrue(told["same"])
        self.assertEqual(told["kept"][:2], ["Anna Zyxorder", "1 rue Zyx"])
        self.assertFalse(any(told["kept"][2:]))
        # P12: what was emptied stays empty, what documents need may be corrected
        self.assertEqual(told["written"], {"empty": True, "kept": None})
        self.assertEqual(told["until"], told["restricted"])
        self.assertFalse(told["visitor"] or told["mailing"])
        self.assertNotIn("Zyxorder", told["meeting"] + told["draft"])
