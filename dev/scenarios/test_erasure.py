"""Erasing a customer beside other apps: a crash loses nothing (P6), books stay as they are (P9)."""

from .apps import AppsScenario

PEOPLE = """
from odoo import api, fields, SUPERUSER_ID, sql_db

env["ir.config_parameter"].set_param("crm_customer_sheet.backup_days", "30")
erasures, requests = env["customer.sheet.erasure"], env["customer.sheet.request"]

def customer(name):
    return env["res.partner"].create(
        {"name": name, "email": f"{name.split()[1].lower()}@zyx.example", "phone": "+33612345678",
         "street": "1 rue Zyx", "comment": "likes tea"})

def prepared(record):
    request = requests.create({"kind": "erasure", "partner_id": record.id})
    request.action_start()
    erasure = erasures.browse(request.action_prepare_erasure()["res_id"])
    while erasure.search_ids.state == "running":
        erasure.search_ids._advance()
    erasure._look_elsewhere()
    for text in erasure.text_ids.filtered(lambda text: not text.decision):
        text.write({"decision": "delete" if text.is_file else "cut"})
    erasure.write({"state": "running", "total": 11, "started_on": fields.Datetime.now()})
    return erasure
"""

#: What a killed worker leaves: its transaction is gone, what it did to files stays.
CRASHES = (
    PEOPLE
    + """
import os, signal
from odoo.tests import new_test_user
from odoo.addons.crm_customer_sheet.models.privacy.erasure.words import STEPS
from odoo.addons.crm_customer_sheet.models.privacy.replay import outside
from odoo.addons.crm_customer_sheet.models.privacy.scan import catalogue

tables = catalogue.tables  # the large ones are of no use here
catalogue.tables = lambda cr: [table for table in tables(cr) if table.size < 1 << 20]
catalogue.folders = lambda store: []
entries = env["customer.sheet.erasure.entry"]
groups = "crm_customer_sheet.group_sheet_privacy"
new_test_user(env, "crash_officer", groups=groups, email="officer@example.org")

class Planted:
    def __init__(self, word):
        name = f"Anna {word}"
        self.person = customer(name)
        self.note = env["res.partner"].create({"name": "Bo"}).message_post(body=f"Ask {name}")
        self.lead = env["crm.lead"].create({"name": "Roof", "partner_id": self.person.id})
        owner = {"res_model": "res.partner", "res_id": self.person.id}
        self.file = env["ir.attachment"].create({"name": "x", "raw": name.encode(), **owner})
        self.path = self.file._full_path(self.file.store_fname)
        self.erasure = prepared(self.person)
        env.cr.commit()

    def end(self):
        env.cr.rollback()  # to see what the workers have done
        env.invalidate_all()
        erasure, person, found = self.erasure, self.person, self.erasure.found
        noted = entries.search([("erasure", "=", erasure.id)])
        lines = [x["hash"] for x in outside.read(entries._register_name())]
        told = erasure.request_id.message_ids.filtered(lambda m: erasure.name in (m.body or ""))
        return {
            "state": [erasure.state, erasure.done, erasure.left_text, bool(erasure.seal),
                      bool(erasure.spellings), erasure.failure],
            "certificates": erasures.search_count([("request_id", "=", erasure.request_id.id),
                                                   ("seal", "!=", False)]),
            "runs": [[run["done"], run["texts"]] for run in found["runs"]],
            "kept": [[each["model"], len(each["rows"]), each["ground"]] for each in found["kept"]],
            "person": [person.name == f"Erased person {erasure.name}", person.active, person.email,
                       person.sheet_restricted_on, bool(person.sheet_erased_on)],
            "others": [self.lead.active, self.note.body, bool(self.file.exists()),
                       os.path.exists(self.path)],
            "noted": [len(noted), [lines.count(entry.hash) for entry in noted]],
            "told": [len(told), env["mail.mail"].search_count(
                [("mail_message_id", "in", told.ids)])],
        }

def worker(job, at=None, is_done=True):
    "Do a job in a process of its own; killed with what a method has done, not committed, it fails."
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.close(here)
        sql_db._Pool = None  # connections of its own, which end with it
        env.registry._db = sql_db.db_connect(env.cr.dbname)
        if at:
            model, method = at
            kind = type(env[model])
            real = getattr(kind, method)
            def paused(self, *args):
                if is_done:
                    real(self, *args)
                    self.env.flush_all()
                os.write(there, b"x")
                signal.pause()
            setattr(kind, method, paused)
        with env.registry.cursor() as cr:
            job(api.Environment(cr, SUPERUSER_ID, {}))
        os._exit(0)
    os.close(there)
    if os.read(here, 1):
        os.kill(child, signal.SIGKILL)
    os.close(here)
    return os.waitpid(child, 0)[1] == (signal.SIGKILL if at else 0)

def erase(env):
    env[erasures._name]._cron_erase()

def mail(env):
    env[entries._name]._mail()

smooth = Planted("Zyxsmooth")
ended = [worker(erase), worker(mail)]
smooth = smooth.end()
crashed = Planted("Zyxcrash")
for step in STEPS:
    ended.append(worker(erase, (erasures._name, f"_do_{step}")))
    if step == "entry":  # it is committed, and its line not in the file yet
        ended.append(worker(erase, (entries._name, "_file_committed"), False))
ended.append(worker(erase))
ended.append(worker(lambda env: env[entries._name]._look()))
crashed = crashed.end()
ended += [worker(mail, (entries._name, "_mail")), worker(mail), worker(mail)]
env.cr.rollback()
sent = env["mail.mail"].search([("email_to", "like", "officer@example.org")])
tell({"ended": ended, "smooth": smooth, "crashed": crashed,
      "mails": [len(outside.parsed(x.raw)) for x in sent.attachment_ids]})
"""
)

DOCUMENTS = (
    PEOPLE
    + """
from datetime import date
from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import new_test_user

here = env.company
here.partner_id.country_id = env.ref("base.fr")
env["account.chart.template"].try_loading("generic_coa", here)
here.write({"fiscalyear_last_month": "12", "fiscalyear_last_day": 31})
groups = "account.group_account_user,base.group_partner_manager"
accountant = new_test_user(env, "books", groups=groups)
product = env["product.product"].create({"name": "Roof", "type": "service"})

def bill(label, day):
    line = {"name": label, "product_id": product.id, "price_unit": 90, "tax_ids": False}
    move = env["account.move"].create({"partner_id": anna.id, "move_type": "out_invoice",
        "invoice_date": day, "invoice_line_ids": [(0, 0, line)]})
    move.action_post()
    return move

def stored(field, name, content):
    "A file of the invoice, as sending it keeps it."
    owner = {"res_model": "account.move", "res_id": move.id, "res_field": field}
    return env["ir.attachment"].create({"name": name, "raw": content, **owner})

anna = customer("Anna Zyxorder")
visitor = env["website.visitor"].create({"access_token": str(anna.id), "partner_id": anna.id})
order = env["sale.order"].create(
    {"partner_id": anna.id,
     "order_line": [(0, 0, {"product_id": product.id, "price_unit": 100})]})
draft = order.copy({"note": "Anna Zyxorder asks for red"})
order.action_confirm()
move = bill("Roof of Anna Zyxorder", date(2026, 1, 5))
move.journal_id.restrict_mode_hash_table = True
move.button_hash()
last = bill("Gutter", date(2026, 2, 5))
assert move.inalterable_hash and last.inalterable_hash
pdf = env["ir.actions.report"]._run_wkhtmltopdf(["<p>Anna Zyxorder, 1 rue Zyx</p>"])
pdf = stored("invoice_pdf_report_file", "invoice.pdf", pdf)
xml = stored("ubl_cii_xml_file", "factur-x.xml", b"<Name>Anna Zyxorder</Name>")
contact = env["mailing.contact"].create({"name": "Anna Zyxorder", "email": anna.email})
meeting = env["calendar.event"].create(
    {"name": "With Anna Zyxorder", "start": "2026-01-01", "stop": "2026-01-01",
     "partner_ids": [(6, 0, anna.ids)]})
held = {k.model for k in env["customer.sheet.person"]._held(
    env["customer.sheet.person"]._expand(anna))}
reports = env["ir.actions.report"].with_user(accountant)

def rows(sql, ids):
    env.cr.execute(sql, [ids])
    return [text for (text,) in env.cr.fetchall()]

def books():
    "All that an auditor asks for."
    env.flush_all()
    env.invalidate_all()
    moves = move | last
    fec = env["l10n_fr.fec.export.wizard"].create(
        {"date_from": "2026-01-01", "date_to": "2026-12-31", "test_file": True})
    balance = env["account.move.line"]._read_group([("parent_state", "=", "posted")],
        ["account_id"], ["debit:sum", "credit:sum", "balance:sum"], order="account_id")
    html, _kind = reports._render_qweb_html("account.report_hash_integrity", here.ids)
    return {
        "entries": rows(
            "SELECT l::text FROM account_move_line l WHERE move_id = ANY(%s) ORDER BY id",
            moves.ids),
        "moves": rows(
            "SELECT m::text FROM account_move m WHERE id = ANY(%s) ORDER BY id", moves.ids),
        "balance": [[account.code, *sums] for account, *sums in balance],
        "integrity": html.decode(),
        "checked": [each["status"] for each in
            here.with_user(accountant)._check_hash_integrity()["results"]],
        "fec": fec.with_user(accountant).sudo().generate_fec()["file_content"].decode(),
    }

def files():
    return rows("SELECT a::text FROM ir_attachment a WHERE id = ANY(%s)", (pdf | xml).ids) + [
        each.raw.hex() for each in (pdf | xml)]

def refused(**vals):
    try:
        with env.cr.savepoint():
            anna.with_user(accountant).write(vals)
            anna.flush_recordset()
            raise ZeroDivisionError
    except UserError as error:
        return "there again" in str(error)
    except ZeroDivisionError:
        env.invalidate_all()

def unnamed(fec):
    "The lines of a FEC without the name of the customer, which Odoo reads from the contact."
    return [line.split("|")[:7] + line.split("|")[8:] for line in fec.split("\\r\\n")]

with freeze_time("2026-11-30 12:00:00"):
    before, kept = books(), files()
    erasure = prepared(anna)
    asked = [text.row for text in erasure.text_ids if text.table == "ir_attachment"]
    while erasure.state == "running":
        erasure._advance()
    after, until = books(), anna.sheet_restricted_until
    first = {
        "held": sorted(held), "state": erasure.state, "left": erasure.left_text,
        "asked": asked, "differs": [key for key in before if before[key] != after[key]],
        "files": files() == kept, "checked": after["checked"],
        "named": before["fec"].count("Anna Zyxorder"),
        "name": anna.name, "street": anna.street, "email": anna.email, "comment": anna.comment,
        "until": erasure.kept_until, "ground": anna.sheet_restricted_ground,
        "restricted": until, "guarded": bool(anna.sheet_erased_on),
        "visitor": bool(visitor.exists()), "mailing": bool(contact.exists()),
        "meeting": meeting.name, "draft": str(draft.note), "failure": erasure.failure,
        "written": [refused(email="a@zyx.example"), refused(street="2 rue Zyx")],
    }
with freeze_time(until):
    env["customer.sheet.person"]._cron_end()
    first["on the last day"] = [anna.name, files() == kept]
with freeze_time(fields.Date.add(until, days=1)):
    env["customer.sheet.person"]._cron_end()
with freeze_time("2026-11-30 12:00:00"):
    end = books()
    term = erasures.search([("why", "=", "term")], limit=1, order="id desc")
    first["the day after"] = {
        "differs": [key for key in before if before[key] != end[key]],
        "fec": unnamed(end["fec"]) == unnamed(before["fec"]),
        "named": ["Zyxorder" in text for text in (anna.name, *end["moves"])] + [
            "|Anna Zyxorder|" in end["fec"]],
        "guarded": bool(anna.sheet_erased_on), "files": (pdf | xml).exists().ids,
        "kept": [[k["model"], len(k["rows"]), k["ground"]] for k in term.found["kept"]],
    }
tell(first)
"""
)

#: Rows of others in which she stands, and rows of hers that only her address tells (P2).
OTHERS = (
    PEOPLE
    + """
anna = customer("Anna Zyxbooked")
firm = env["res.partner"].create({"name": "Her Firm", "is_company": True})
product = env["product.product"].create({"name": "Roof", "type": "service"})
lines = [(0, 0, {"product_id": product.id, "price_unit": 100})]
signed = env["sale.order"].create(
    {"partner_id": firm.id, "order_line": lines, "signed_by": anna.name})
draft = signed.copy({"signed_by": anna.name})
signed.action_confirm()
fair = {"name": "Fair", "date_begin": "2026-01-01", "date_end": "2026-01-02"}
fair = env["event.event"].create(fair)
seats = env["event.registration"].create(
    [{"event_id": fair.id, "name": name, "email": anna.email} for name in (anna.name, "Paul")])
hers, his = seats
words = hers.message_post(body="Paid in cash")
env.flush_all()
erasure = prepared(anna)
while erasure.state == "running":
    erasure._advance()
env.invalidate_all()
tell({
    "state": erasure.state, "left": erasure.left_text,
    "signed": [signed.signed_by, draft.signed_by],
    "kept": [[k["model"], k["ground"], k["until"]] for k in erasure.found["kept"]
             if k["model"] == "sale.order"],
    "hers": bool(hers.exists() or words.exists()), "his": [his.name, his.email],
})
"""
)


class TestErasure(AppsScenario):
    def test_rows_of_others_and_what_hangs_on_hers(self):
        told = self.told(OTHERS)
        self.assertEqual((told["state"], told["left"]), ("done", False), told)
        self.assertEqual(told["signed"], ["Anna Zyxbooked", "[…]"])
        [[_model, ground, until]] = told["kept"]
        self.assertEqual((ground, bool(until)), ("claims", True))
        self.assertFalse(told["hers"])
        self.assertEqual(told["his"], ["Paul", "[…]"])

    def test_killed_in_every_step_it_ends_the_same(self):
        told = self.told(CRASHES)
        self.assertEqual(set(told["ended"]), {True}, told["ended"])
        self.assertEqual(told["crashed"], told["smooth"])
        end = told["crashed"]
        self.assertEqual(end["state"], ["done", 11, False, True, False, False])
        self.assertEqual((end["certificates"], end["noted"], end["told"]), (1, [1, [1]], [1, 0]))
        self.assertEqual(end["person"], [True, False, False, False, True])
        self.assertFalse(end["others"][0] or "Zyx" in end["others"][1] or any(end["others"][2:]))
        self.assertEqual(told["mails"], [1, 1], "each entry is mailed once")

    def test_documents_stay_and_all_else_goes(self):
        told = self.told(DOCUMENTS)
        self.assertIn("account.move", told["held"])
        self.assertEqual((told["state"], told["left"]), ("done", False), told)
        self.assertEqual(told["asked"], [], "nobody decides on the file of an invoice")
        self.assertEqual(told["differs"], [])
        self.assertTrue(told["files"])
        self.assertEqual(set(told["checked"]), {"verified"})
        self.assertGreater(told["named"], 0)
        self.assertEqual((told["name"], told["street"]), ("Anna Zyxorder", "1 rue Zyx"))
        self.assertFalse(told["email"] or told["comment"] or told["guarded"])
        # P12: what was emptied stays empty, what documents need may be corrected
        self.assertEqual(told["written"], [True, None])
        self.assertEqual(told["until"], told["restricted"])
        self.assertFalse(told["visitor"] or told["mailing"])
        self.assertNotIn("Zyxorder", told["meeting"] + told["draft"])
        self.assertEqual(told["on the last day"], ["Anna Zyxorder", True])
        end = told["the day after"]
        self.assertEqual(end["differs"], ["moves", "fec"])
        self.assertTrue(end["fec"] and end["guarded"])
        self.assertFalse(any(end["named"]) or end["files"])
        self.assertIn(["account.move.line", 1, "duty"], end["kept"])
