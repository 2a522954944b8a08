from pathlib import Path

from lxml import etree

from odoo.modules.migration import load_script
from odoo.tests import tagged

from .common import SheetCase

SCRIPTS = Path(__file__).parents[2] / "migrations" / "19.0.1.8.0"
HOSTS = ("res.partner", "crm.lead")
LANGS = ("en_US", "fr_FR")

#: Fields of Odoo's that it calls otherwise, where the form shows a placeholder or no name.
STOCK = {
    ("res.partner", "email"),
    ("crm.lead", "email_from"),
    ("res.partner", "zip"),
    ("crm.lead", "zip"),
    ("res.partner", "tz"),
    ("res.partner", "website"),
    ("res.partner", "company_registry"),
    ("res.partner", "vat"),
}
#: Titles that name a part of a section: the sector's own name, and what the law asks for.
PARTS = {"sector", "precontract"}


@tagged("post_install", "-at_install")
class TestSheetNames(SheetCase):
    """One name for one thing: in the catalogue, on the page, in the ring and in interviews."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(["base", "crm", "crm_customer_sheet"], LANGS)

    def in_languages(self):
        for lang in LANGS:
            with self.subTest(lang=lang):
                yield self.env(context={"lang": lang})

    def same(self, name, other, *where):
        self.assertEqual(name.casefold(), other.casefold(), where)

    def sections(self, env):
        return dict(env["customer.sheet.question"]._fields["section"]._description_selection(env))

    def titles(self, env, host):
        """Yield the titles of sections with their part of the page, as a form shows them."""
        views = env["ir.ui.view"].search(
            [("model", "=", host), ("type", "=", "form"), ("mode", "=", "primary")]
        )
        for view in views:
            for title in etree.fromstring(view.get_combined_arch()).iter("widget"):
                if title.get("name") == "sheet_section":
                    yield title, title.getparent()

    # -- questions -----------------------------------------------------------

    def test_a_question_is_called_like_its_field(self):
        for env in self.in_languages():
            for question in env["customer.sheet.question"].search([]):
                by_host = zip(
                    HOSTS, (question.partner_field_ids, question.lead_field_ids), strict=True
                )
                for host, held in by_host:
                    if len(held) == 1 and (host, held.name) not in STOCK:
                        label = env[host].fields_get([held.name])[held.name]["string"]
                        self.same(question.name, label, host, held.name)

    def test_the_ring_and_interviews_call_it_like_the_catalogue(self):
        for env in self.in_languages():
            lead = env["crm.lead"].with_user(self.rep).create({"name": "Request"})
            names = {
                question.code: question.name
                for question in env["customer.sheet.question"].search([])
            }
            ring = lead.sheet_gaps["items"]
            interview = lead.sheet_interview()["questions"]
            self.assertTrue(ring and interview)
            for each in (*ring, *interview):
                self.assertEqual(each["label"], names[each["code"]])

    # -- sections ------------------------------------------------------------

    def test_a_section_is_called_alike_everywhere(self):
        for env in self.in_languages():
            names = self.sections(env)
            lead = env["crm.lead"].with_user(self.rep).create({"name": "Request"})
            for item in lead.sheet_gaps["items"]:
                self.assertEqual(item["section_label"], names[item["section"]])
            for host in HOSTS:
                found = set()
                for title, _part in self.titles(env, host):
                    section = self.section_of(title)
                    found.add(section)
                    if section not in PARTS:
                        self.assertEqual(title.get("string"), names[section], (host, section))
                self.assertGreaterEqual(found, {"header", "identification", "contact", "consent"})

    def section_of(self, title):
        return title.get("options").split("'")[3]

    def test_a_section_counts_what_it_shows(self):
        lead = self.lead(sheet_typology="b2b", sheet_sector="industry")
        company = self.env["res.partner"].create({"name": "Atlas", "is_company": True})
        for record in (lead.sudo(), company, company.copy({"is_company": False})):
            tallies = record.with_user(self.manager).sheet_gaps["sections"]
            asked = record._sheet_plan().states(record, optional=True)[record.id]
            shown = {}
            for title, part in self.titles(self.env, record._name):
                names = {field.get("name") for field in part.iter("field")}
                shown.setdefault(self.section_of(title), set()).update(names)
            for section in ("header", "identification", "contact", "need", "sector"):
                questions = [
                    question
                    for question in record._sheet_plan().questions
                    if question.code in asked
                    and question.section == section
                    and shown.get(section, set()) & {each.name for each in question.own_holders}
                ]
                self.assertEqual(tallies.get(section, [0, 0])[1], len(questions), section)

    # -- an update of an older version ---------------------------------------

    def migrate(self):
        load_script(str(SCRIPTS / "post-words.py"), "post_words").migrate(self.env.cr, "19.0.1.6.0")

    def test_an_update_renames_questions_that_nobody_renamed(self):
        source = self.env.ref("crm_customer_sheet.question_source")
        owner = self.env.ref("crm_customer_sheet.question_owner")
        source.update_field_translations("name", {"en_US": "Source", "fr_FR": "Source"})
        owner.name = "Account manager"
        self.versions._publish()
        before = self.versions._current()
        self.migrate()
        self.assertEqual(source.name, "Contact source")
        self.assertEqual(source.with_context(lang="fr_FR").name, "Source du contact")
        self.assertEqual(owner.name, "Account manager")
        self.assertFalse(self.versions._is_being_edited())
        now = self.versions._current()
        self.assertEqual(now.previous_id, before)
        self.assertEqual(
            (now.lead_cursor, now.refresh_total), (before.lead_cursor, before.refresh_total)
        )
        self.migrate()
        self.assertEqual(self.versions._current(), now, "nothing to rename, no new version")

    def test_an_update_takes_a_second_switch_away_unless_it_is_on(self):
        rules = self.env["customer.sheet.routing.rule"]
        names = {"module": "crm_customer_sheet", "name": "routing_rule_hot", "noupdate": True}
        call = self.env.ref("mail.mail_activity_data_call")
        values = {"name": "Call hot leads today", "trigger": "score", "activity_type_id": call.id}
        rule = rules.create(values)
        self.env["ir.model.data"].create({**names, "model": rule._name, "res_id": rule.id})
        rule.is_on = True
        self.migrate()
        self.assertTrue(rule.exists())
        rule.is_on = False
        self.migrate()
        self.assertFalse(rule.exists())
