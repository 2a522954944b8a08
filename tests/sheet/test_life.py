import ast
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged, warmup

from ...models.qualification.gate.exceptions import GateRefused
from ...models.sheet import actor, life
from .common import SheetCase

ROOT = Path(__file__).parents[2]
HOSTS = {"res.partner", "crm.lead"}
#: What only the life of a record overrides on a host.
OURS = {"create", "write", "copy", "copy_data", "load"}


def models_in(text):
    """Return ``[(names of the model and of what it inherits, names of its methods)]``."""
    found = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            said = {
                target.id: ast.literal_eval(each.value)
                for each in node.body
                if isinstance(each, ast.Assign)
                for target in each.targets
                if isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
            }
            parents = said.get("_inherit") or []
            parents = [parents] if isinstance(parents, str) else list(parents)
            own = said.get("_name") or (parents[0] if parents else "")
            methods = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
            found.append((own, set(parents), methods))
    return found


def overrides(texts):
    """Return the names of the files that override the life of a host or of its mixins.

    :param texts: ``{name of a file: its source}``
    """
    models = {name: models_in(text) for name, text in texts.items()}
    hosts, seen = set(HOSTS), None
    while hosts != seen:
        seen = set(hosts)
        for own, parents, _methods in (each for found in models.values() for each in found):
            if own in hosts:
                hosts |= {parent for parent in parents if parent.startswith("customer.sheet.")}
    return {
        name
        for name, found in models.items()
        for own, _parents, methods in found
        if own in hosts and methods & OURS
    }


class TestOneLife(BaseCase):
    """One file says what happens when a contact or a lead is created or saved."""

    def test_no_other_file_overrides_the_life_of_a_host(self):
        texts = {
            str(path.relative_to(ROOT)): path.read_text()
            for folder in ("models", "wizards")
            for path in (ROOT / folder).rglob("*.py")
        }
        self.assertEqual(overrides(texts), {"models/sheet/life.py"})

    def test_an_override_is_found(self):
        host = 'class A:\n    _inherit = ["crm.lead", "customer.sheet.a.mixin"]\n'
        mixin = 'class B:\n    _name = "customer.sheet.a.mixin"\n    def write(self): pass\n'
        other = 'class C:\n    _inherit = "crm.team"\n    def write(self): pass\n'
        lead = 'class D:\n    _inherit = "crm.lead"\n    def create(self): pass\n'
        texts = {"host": host, "mixin": mixin, "other": other, "lead": lead}
        self.assertEqual(overrides(texts), {"mixin", "lead"})


@tagged("post_install", "-at_install")
class TestListeners(SheetCase):
    """The list of the file is the list of those who listen."""

    def watches(self):
        return {name for host in HOSTS for name in self.env[host]._sheet_watches()}

    def hooks(self, prefix):
        """Return the names of the listeners that have a hook."""
        return {
            method.removeprefix(prefix)
            for host in HOSTS
            for method in dir(type(self.env[host]))
            if method.startswith(prefix)
        }

    def test_the_list_is_complete(self):
        listeners, saved = set(life.LISTENERS), self.hooks("_sheet_saved_")
        self.assertEqual(listeners, self.watches())
        self.assertLessEqual(saved, listeners)
        self.assertLessEqual(listeners - saved, self.hooks("_sheet_prepare_"), "does nothing")

    def test_the_list_is_printed(self):
        lines = life.printed().splitlines()
        self.assertEqual(len(lines), len(life.LISTENERS))
        self.assertEqual(lines[0], "1. `protected` leaves out values that only the system writes.")

    def test_listeners_are_woken_in_the_order_of_the_list(self):
        lead = self.env["crm.lead"]
        woken = lead._sheet_listeners(["user_id", "stage_id", "partner_id", "email_from", "phone"])
        self.assertEqual(woken, [name for name in life.LISTENERS if name in woken])
        self.assertLessEqual({"numbers", "memory", "match", "handover", "calls"}, set(woken))

    @warmup
    def test_what_nobody_watches_costs_no_query(self):
        lead = self.lead()
        for record in (lead, self.env["res.partner"]):
            with self.assertQueryCount(0):
                self.assertEqual(record._sheet_listeners(["color", "write_date"]), [])

    def test_a_published_question_wakes_at_once(self):
        lead = self.env["crm.lead"]
        self.only()
        self.assertNotIn("answers", lead._sheet_listeners(["sheet_pain"]))
        self.only(self.question("wound", lead=["sheet_pain"]))
        self.assertIn("answers", lead._sheet_listeners(["sheet_pain"]))

    def ask_for_a_page(self):
        """Let the gate ask for nothing but the page on Facebook."""
        page = self.question("page", lead=["sheet_facebook"], partner=["sheet_facebook"])
        self.only(page)
        gate = self.env.ref("crm_customer_sheet.gate_qualified")
        gate.criterion_ids.unlink()
        gate.criterion_ids = [Command.create({"question_ids": [Command.set(page.ids)]})]
        gate.mode = "enforce"

    def test_a_linked_contact_answers_before_the_gate_is_asked(self):
        """Handover, then gate: one save links a contact and moves the lead on."""
        self.ask_for_a_page()
        lead = self.lead(type="opportunity")
        contact = self.env["res.partner"].create({"name": "Ada", "sheet_facebook": "ada"})
        lead.write({"partner_id": contact.id, "stage_id": self.qualified.id})
        self.assertEqual(lead.stage_id, self.qualified)

    def test_an_answer_said_to_be_right_is_not_lost_behind_the_gate(self):
        """The gate judges before the write what the answers forget after it."""
        self.ask_for_a_page()
        lead = self.lead(type="opportunity", sheet_facebook="xxx")
        lead.sheet_confirm_value("page")
        lead.stage_id = self.qualified
        with self.assertRaises(GateRefused):
            lead.sheet_facebook = "test"


@tagged("post_install", "-at_install")
class TestChange(SheetCase):
    """What a listener is told of a write."""

    def change(self, records, **vals):
        change = life.Change(records, [vals])
        change.keep(vals)
        records.write(vals)
        return change

    def test_values_before_are_those_before(self):
        lead = self.lead(phone="+33 1 42 68 53 00")
        change = self.change(lead, phone="+33 1 42 68 53 01")
        self.assertEqual(change.before("phone"), {lead.id: "+33 1 42 68 53 00"})
        self.assertEqual(change.names, {"phone"})

    def test_only_what_is_kept_can_be_asked(self):
        change = life.Change(self.lead(), [{"phone": "1"}])
        with self.assertRaises(KeyError):
            change.before("phone")

    def test_those_differ_that_change(self):
        leads = self.lead(city="Rabat") | self.lead(city="Lyon")
        self.assertEqual(self.change(leads, city="Rabat").differs("city"), leads[1])

    def test_links_are_compared_however_they_are_written(self):
        contact = self.env["res.partner"].create({"name": "Ada"})
        leads = self.lead(partner_id=contact.id) | self.lead()
        for value in (contact.id, contact):
            leads[1].partner_id = False
            self.assertEqual(self.change(leads, partner_id=value).differs("partner_id"), leads[1])

    def test_the_values_of_the_caller_stay_as_they_are(self):
        vals = {"name": "Request", "stage_id": self.won.id, "sheet_completeness": 100}
        self.lead().write(vals)
        self.assertEqual(len(vals), 3)
        several = [{"sheet_first_name": "Ada", "sheet_last_name": "Byron"}]
        self.env["res.partner"].create(several)
        self.assertEqual(several, [{"sheet_first_name": "Ada", "sheet_last_name": "Byron"}])

    def test_whoever_may_not_write_is_refused_by_odoo(self):
        lead = self.lead()
        with self.assertRaises(AccessError):
            lead.with_user(self.outsider).write({"partner_id": False, "phone": "1"})


class TestActor(BaseCase):
    """Who acts is said once, and forgotten when it is over."""

    def test_the_innermost_acts(self):
        with actor.acting("import"), actor.acting("rule"):
            self.assertEqual(actor.actor(), "rule")
            self.assertTrue(actor.in_bulk())
            self.assertEqual(actor.nearest({"import", "merge"}), "import")
        self.assertEqual(actor.actor(), "person")

    def test_it_is_over_after_a_failure(self):
        with self.assertRaises(ZeroDivisionError), actor.acting("merge"):
            raise ZeroDivisionError
        self.assertFalse(actor.in_bulk())

    def test_nobody_else_acts(self):
        with self.assertRaises(ValueError), actor.acting("somebody"):
            pass
