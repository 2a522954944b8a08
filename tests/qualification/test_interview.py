from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import QualificationCase


@tagged("post_install", "-at_install")
class TestInterview(QualificationCase):
    """An interview asks what is not known yet, in the order of a conversation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.playbooks = cls.env["customer.sheet.playbook"]

    def playbook(self, *codes, **values):
        """Create a playbook of these questions that beats those shipped for the sector "other"."""
        questions = self.env["customer.sheet.question"]
        ids = {each.code: each.id for each in questions.search([("code", "in", codes)])}
        lines = [
            Command.create({"question_id": ids[code], "sequence": 10 * number})
            for number, code in enumerate(codes, 1)
        ]
        sector = self.env.ref("crm_customer_sheet.option_sector_other").ids
        basis = {"name": "Ours", "sector_ids": [Command.set(sector)], "line_ids": lines}
        return self.playbooks.create({**basis, **values})

    def asked(self, lead, **kwargs):
        return [each["code"] for each in lead.sheet_interview(**kwargs)["questions"]]

    def question(self, lead, code):
        found = lead.sheet_interview()["questions"]
        return next(each for each in found if each["code"] == code)

    # -- which playbook ------------------------------------------------------

    def test_the_sector_beats_the_typology(self):
        for values, xml_id in (
            ({"sheet_typology": "b2b", "sheet_sector": "industry"}, "industry"),
            ({"sheet_typology": "b2b", "sheet_sector": "saas"}, "saas"),
            ({"sheet_typology": "b2c", "sheet_sector": "real_estate"}, "real_estate"),
            ({"sheet_typology": "b2b", "sheet_sector": "other"}, "b2b"),
            ({"sheet_typology": "b2c", "sheet_sector": "industry"}, "b2c"),
            ({"sheet_typology": "b2b"}, "b2b"),
        ):
            with self.subTest(values):
                chosen = self.lead(**values).sheet_interview()["playbook"]["id"]
                self.assertEqual(chosen, self.env.ref(f"crm_customer_sheet.playbook_{xml_id}").id)

    def test_another_playbook_can_be_chosen(self):
        lead = self.lead(sheet_typology="b2b")
        other = self.env.ref("crm_customer_sheet.playbook_b2c")
        found = lead.sheet_interview(playbook_id=other.id)
        self.assertEqual(found["playbook"]["name"], other.name)
        self.assertEqual(found["opening"], other.opening)
        self.assertIn(other.id, [each["id"] for each in found["playbooks"]])

    def test_without_a_playbook_the_questions_that_count_are_asked(self):
        self.playbooks.search([]).active = False
        found = self.lead().sheet_interview()
        self.assertFalse(found["playbook"]["id"])
        self.assertIn("email", [each["code"] for each in found["questions"]])

    def test_shipped_playbooks_ask_questions_that_a_person_can_answer(self):
        plan = self.env["crm.lead"]._sheet_plan()
        answerable = {question.code for question in plan.questions if question.own_holders}
        for playbook in self.playbooks.search([]):
            codes = playbook.line_ids.question_id.mapped("code")
            self.assertEqual(set(codes) - answerable, set(), playbook.name)
            self.assertEqual(len(codes), len(playbook.line_ids), playbook.name)

    def test_sectors_are_sectors(self):
        source = self.env.ref("crm_customer_sheet.option_source_website")
        with self.assertRaisesRegex(ValidationError, "is not a sector"):
            self.playbook("need", sector_ids=[Command.set(source.ids)])

    # -- which questions -----------------------------------------------------

    def test_only_questions_that_concern_the_lead_are_asked(self):
        company = self.asked(self.lead(sheet_typology="b2b", sheet_sector="finance"))
        self.assertIn("economic_buyer", company)
        self.assertIn("finance_product", company)
        person = self.asked(self.lead(sheet_typology="b2c"))
        self.assertNotIn("economic_buyer", person)
        self.assertNotIn("finance_product", person)

    def test_what_the_next_gate_misses_comes_first(self):
        self.playbook("email", "deadline", "stake", "need", "decision_maker")
        lead = self.lead(sheet_typology="b2b", sheet_sector="other")
        self.assertEqual(
            self.asked(lead), ["deadline", "need", "decision_maker", "budget", "email", "stake"]
        )
        lead.write({"sheet_need": "Audit of the HVAC line", "sheet_decision_maker": "Salma"})
        found = lead.sheet_interview()["questions"]
        self.assertEqual([each["code"] for each in found if each["is_needed"]], ["deadline"])
        self.assertEqual(self.asked(lead), ["deadline", "email", "stake", "need", "decision_maker"])

    def test_what_no_gate_asks_keeps_its_place(self):
        self.gate.mode = "off"
        self.playbook("email", "deadline", "stake", "need")
        lead = self.lead(sheet_typology="b2b", sheet_sector="other")
        self.assertEqual(self.asked(lead), ["email", "deadline", "stake", "need"])

    def test_a_lead_that_is_not_converted_has_no_next_stage(self):
        lead = self.lead(type="lead", sheet_typology="b2b")
        self.assertFalse(lead.sheet_interview()["lead"]["next_stage"])

    def test_the_next_stage_is_one_of_the_team(self):
        team = self.env["crm.team"].create({"name": "Elsewhere"})
        self.qualified.team_ids = team
        lead = self.lead()
        found = lead.sheet_interview()["lead"]["next_stage"]
        self.assertEqual(found["name"], self.proposition.name)

    def test_answers_are_shown_with_their_state(self):
        lead = self.lead(
            sheet_typology="b2b",
            sheet_need="Noise & heat",
            sheet_budget_min=1000,
            sheet_budget_max=2000,
            email_from="test@test.fr",
        )
        lead.sheet_set_unknown("deadline")
        self.assertEqual(self.question(lead, "need")["value"], "Noise & heat")
        self.assertEqual(self.question(lead, "need")["state"], "filled")
        self.assertIn("1,000", self.question(lead, "budget")["value"])
        self.assertIn("2,000", self.question(lead, "budget")["value"])
        self.assertEqual(self.question(lead, "deadline")["state"], "unknown")
        self.assertEqual(self.question(lead, "email")["state"], "placeholder")
        self.assertEqual(self.question(lead, "stake")["state"], "missing")

    def test_a_playbook_may_say_it_in_its_own_words(self):
        playbook = self.playbook("need", "deadline")
        playbook.line_ids[0].wording = "What hurts?"
        lead = self.lead(sheet_sector="other")
        self.assertEqual(self.question(lead, "need")["wording"], "What hurts?")
        self.assertEqual(self.question(lead, "deadline")["wording"], "By when do you need it?")

    def test_texts_are_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = {"lang": "fr_FR"}
        playbook = self.playbook("need", "deadline", opening="Good morning")
        playbook.with_context(**french).opening = "Bonjour"
        playbook.line_ids[0].wording = "What hurts?"
        playbook.line_ids[0].with_context(**french).wording = "Qu'est-ce qui vous gêne ?"
        deadline = self.env.ref("crm_customer_sheet.question_deadline").with_context(**french)
        deadline.write({"wording": "Pour quand ?", "why": "Pour planifier.", "hint": "Une date."})
        lead = self.lead(sheet_sector="other").with_context(**french)
        self.assertEqual(lead.sheet_interview()["opening"], "Bonjour")
        self.assertEqual(self.question(lead, "need")["wording"], "Qu'est-ce qui vous gêne ?")
        asked = self.question(lead, "deadline")
        self.assertEqual(
            [asked["wording"], asked["why"], asked["hint"]],
            ["Pour quand ?", "Pour planifier.", "Une date."],
        )

    def test_an_archived_question_is_no_longer_asked_once_published(self):
        self.playbook("stake", "email")
        lead = self.lead(sheet_sector="other")
        self.env.ref("crm_customer_sheet.question_stake").active = False
        self.assertIn("stake", self.asked(lead))
        self.env["customer.sheet.catalogue.version"]._publish()
        self.assertNotIn("stake", self.asked(lead))

    def test_an_interview_takes_few_queries(self):
        lead = self.lead(sheet_typology="b2b", sheet_sector="industry")
        lead.sheet_interview()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(26):
            lead.sheet_interview()

    # -- the end -------------------------------------------------------------

    def test_the_end_is_noted_in_the_chatter(self):
        lead = self.lead(sheet_typology="b2b", sheet_need="Noise & heat")
        lead.sheet_interview_end(" <b>Calls back</b>\nin May ", 754, ["need", "deadline", "nope"])
        message = lead.message_ids[0]
        self.assertEqual(message.author_id, self.rep.partner_id)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertEqual(
            message.body,
            "<p>Interview of 12 minutes</p><ul><li>Need: Noise &amp; heat</li></ul>"
            "<p>Not known yet: Deadline</p><p>&lt;b&gt;Calls back&lt;/b&gt;<br>in May</p>",
        )

    def test_a_short_interview_without_answers_is_noted_too(self):
        lead = self.lead()
        lead.sheet_interview_end()
        self.assertEqual(lead.message_ids[0].body, "<p>Interview of less than a minute</p>")

    def test_a_sensitive_note_is_found(self):
        lead = self.lead()
        lead.sheet_interview_end("Elle est diabétique", 60)
        findings = self.env["customer.sheet.sensitive.finding"].search([("res_id", "=", lead.id)])
        self.assertEqual(findings.mapped("res_model"), ["crm.lead"])

    # -- rights --------------------------------------------------------------

    def test_the_button_opens_the_interview(self):
        lead = self.lead()
        action = lead.action_sheet_interview()
        self.assertEqual(action["tag"], "customer_sheet_interview")
        self.assertEqual(action["params"], {"lead_id": lead.id})

    def test_outsiders_have_no_interview(self):
        lead = self.lead().with_user(self.outsider)
        for call in (lead.sheet_interview, lead.sheet_interview_end, lead.action_sheet_interview):
            with self.assertRaises(AccessError):
                call()

    def test_a_rep_interviews_own_leads_only(self):
        theirs = self.lead(user=self.manager).with_user(self.rep)
        for call in (theirs.sheet_interview, theirs.sheet_interview_end):
            with self.assertRaises(AccessError):
                call()

    def test_reps_read_playbooks_and_managers_edit_them(self):
        playbook = self.playbook("need")
        self.assertEqual(playbook.with_user(self.rep).name, "Ours")
        for record in (playbook, playbook.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.rep).sequence = 1
            record.with_user(self.manager).sequence = 1
        with self.assertRaises(AccessError):
            playbook.with_user(self.outsider).read(["name"])
