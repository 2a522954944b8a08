from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ConsentCase


@tagged("post_install", "-at_install")
class TestConsentSearch(ConsentCase):
    """Contacts and leads found by what they decided."""

    def found(self, records, answer, channel="email"):
        domain = [(f"sheet_prospecting_{channel}", "=", answer), ("id", "in", records.ids)]
        return self.env[records._name].with_user(self.rep).search(domain)

    def test_people_are_found_by_their_answer(self):
        yes, no, silent = people = self.env["res.partner"].union(
            *(self.contact(name=n, email=f"{n}@example.fr", phone=False) for n in "abc")
        )
        self.decide(yes, "given")
        self.decide(no, "refused")
        self.decide(yes, "objected", channel="phone")
        self.assertEqual(self.found(people, "given"), yes)
        self.assertEqual(self.found(people, "refused"), no)
        self.assertEqual(self.found(people, "none"), silent)
        self.assertEqual(self.found(people, "refused", "phone"), yes)
        answers = [p.sheet_prospecting_email for p in people.with_user(self.rep)]
        self.assertEqual(answers, ["given", "refused", "none"])

    def test_a_lead_is_found_by_what_its_contact_decided(self):
        ada = self.contact()
        lead = self.lead(partner_id=ada.id)
        self.decide(ada, "withdrawn")
        self.assertEqual(self.found(lead, "refused"), lead)

    def test_a_lead_is_found_by_itself_and_by_its_contact_and_a_refusal_wins(self):
        ada = self.contact()
        own, through, both, silent = leads = self.env["crm.lead"].concat(
            self.lead(name="Own"),
            self.lead(name="Through", partner_id=ada.id),
            self.lead(name="Both"),
            self.lead(name="Silent"),
        )
        self.decide(own, "given")
        self.decide(both, "given")
        self.decide(both, "refused", channel="phone")
        self.decide(ada, "refused")
        both.partner_id = ada
        answers = {"given": own, "refused": through | both, "none": silent}
        for answer, found in answers.items():
            self.assertEqual(self.found(leads, answer), found, answer)
            domain = [("id", "in", leads.ids), ("sheet_prospecting_email", "not in", [answer])]
            others = self.env["crm.lead"].with_user(self.rep).search(domain)
            self.assertEqual(others, leads - found, answer)

    def test_a_consent_that_has_run_out_is_no_consent(self):
        ada = self.contact()
        self.decide(ada, "given", effective_at=fields.Datetime.now() - timedelta(days=4000))
        [state] = self.states.search([("subject_id", "in", ada._sheet_consent_subjects().ids)])
        expected = "none" if state.expires_at else "given"
        self.assertEqual(self.found(ada, expected), ada)

    def test_negative_searches_are_right_too(self):
        ada = self.contact()
        domain = [("sheet_prospecting_email", "!=", "none"), ("id", "=", ada.id)]
        self.assertFalse(self.env["res.partner"].with_user(self.rep).search(domain))


@tagged("post_install", "-at_install")
class TestConsentPages(ConsentCase):
    """The ledger as the privacy officer reads it; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.contact(cls)
        cls.event = cls.decide(
            cls, cls.ada, "given", label="May I write?", payload={"ip": "203.0.113.0"}
        )

    def test_an_event_is_readable_for_the_officer(self):
        event = self.event.with_user(self.officer)
        self.assertEqual(event.holder_names, "Ada")
        self.assertEqual(event.label, "May I write?")
        self.assertEqual(event.contact_point, "ada@example.fr")
        self.assertIn("203.0.113.0", event.trace)

    def test_events_are_found_by_the_whole_address_or_number(self):
        events = self.events.with_user(self.officer)
        for typed in ("Ada@example.fr", "%ada@example.fr%"):
            self.assertIn(self.event, events.search([("contact_point", "ilike", typed)]))
        self.assertFalse(events.search([("contact_point", "ilike", "ada@example")]))
        called = self.decide(self.ada, "refused", channel="phone")
        self.assertEqual(events.search([("contact_point", "=", "+33612345678")]), called)

    def test_people_are_found_by_the_name_of_their_sheets(self):
        subjects = self.subjects.with_user(self.officer)
        person = self.ada._sheet_consent_subjects()
        self.assertIn(person, subjects.search([("holder_names", "ilike", "Ada")]))
        self.assertEqual(subjects.search([("holder_names", "ilike", person.uuid)]), person)
        person = person.with_user(self.officer)
        self.assertIn(("subject_id", "in", person.ids), person.action_open_events()["domain"])
        self.assertEqual(person.action_open_sheet()["res_id"], self.ada.id)

    def test_a_person_without_a_sheet_keeps_a_number(self):
        person = self.ada._sheet_consent_subjects()
        self.ada.sudo().unlink()
        person.invalidate_recordset()
        self.assertEqual(person.with_user(self.officer).holder_names, person.uuid)
        with self.assertRaises(UserError):
            person.with_user(self.officer).action_open_sheet()

    def test_a_rep_reads_nothing_of_the_ledger_and_has_no_menu(self):
        for records in (self.events, self.subjects, self.states):
            self.assertFalse(records.with_user(self.rep).has_access("read"))
        menus = self.env["ir.ui.menu"]
        menu = self.env.ref("crm_customer_sheet.customer_sheet_menu_consent").id
        self.assertNotIn(menu, menus.with_user(self.rep)._visible_menu_ids())
        self.assertIn(menu, menus.with_user(self.officer)._visible_menu_ids())

    def test_the_sheet_shows_the_block_to_reps_only(self):
        for model in ("res.partner", "crm.lead"):
            arch = self.env[model].with_user(self.rep).get_view(view_type="form")["arch"]
            self.assertIn('widget="sheet_consents"', arch)
        arch = self.env["res.partner"].with_user(self.outsider).get_view(view_type="form")["arch"]
        self.assertNotIn("sheet_consent", arch)
