from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...upkeep import do_chore
from .intake_common import IntakeCase

#: At most, of a form with four answers by somebody who is not known.
QUERIES = {"receive": 18, "land": 32}


@tagged("post_install", "-at_install")
class TestLanding(IntakeCase):
    """Somebody new becomes a lead without owner, which the rules route."""

    def test_a_new_lead(self):
        sent = self.landed(message="Line one\n<b>two</b>", lang="fr_FR")
        lead = sent.lead_id
        self.assertEqual(
            (sent.state, lead.user_id, lead.partner_id.id), ("landed", self.rep.browse(), False)
        )
        self.assertEqual(
            (lead.contact_name, lead.partner_name), ("Ada Lovelace", "Analytical Engines")
        )
        self.assertEqual((lead.email_from, lead.sheet_need), (self.ada["email"], "An engine"))
        self.assertEqual((lead.sheet_source_id, lead.lang_id.code), (self.source, "fr_FR"))
        self.assertEqual(lead.name, "An engine: Analytical Engines")
        self.assertIn("&lt;b&gt;two", lead.description)
        self.assertEqual(lead.company_id, self.env.company)

    def test_the_sheet_says_where_it_came_from(self):
        trace = {"page": "https://www.x-y.fr/contact?id=1", "ip": "203.0.113.77"}
        first = self.landed(consents=self.yes(), trace=trace)
        lead = first.lead_id
        self.landed({**self.ada, "budget": 5000})
        lead.user_id = self.rep
        told = lead.with_user(self.rep).sheet_trace
        for part in (first.uuid, "Request, version 1", "https://www.x-y.fr/contact"):
            self.assertIn(part, told)
        self.assertNotIn("203.0.113", told, "for those who look after data")
        self.assertIn("203.0.113.0", first.with_user(self.officer)._trace_text())
        self.assertFalse(self.env["crm.lead"].create({"name": "By hand"}).sheet_trace)

    def test_the_answers_are_the_customers_own(self):
        sent = self.landed()
        answers = self.env["customer.sheet.answer"].search([("lead_id", "=", sent.lead_id.id)])
        self.assertEqual(set(answers.mapped("question_id.code")), set(self.ada))
        self.assertEqual(set(answers.mapped("origin")), {"zero"})
        self.assertIn(sent.uuid, answers[0].evidence)

    def test_the_most_that_may_be_said_lands(self):
        """What is taken from outside is never refused by the lead, or by the contact it becomes."""
        most = {
            "email": f"{'a' * 64}@{'b' * 60}.{'c' * 60}.fr",
            "phone": "+33 6 12 34 56 78" + " ext 1" * 7,
            "url": "https://www.example.fr/" + "x" * 470,
            "integer": 2**31 - 1,
            "amount": 10**12,
            "date": "9999-12-31",
        }
        questions, values = self.env["customer.sheet.question"].search([]), {}
        self.assertIn("NACE", self.errors({"nace_code": "x"}, channel="text")["nace_code"])
        for question in questions:
            shape = question._plain_shape() or {"kind": ""}
            if shape["kind"] in most and question.code != "birthdate":
                values[question.code] = most[shape["kind"]]
            elif shape["kind"] in ("text", "long_text") and question.code != "nace_code":
                values[question.code] = "x" * shape["max_length"]
        values["potential_share"] = 100
        self.assertGreater(len(values), 20)
        submission = self.landed(values, channel="text")
        self.assertEqual((submission.state, submission.problem), ("landed", False))
        lead = submission.lead_id
        lead._handle_partner_assignment(create_missing=True)
        self.env.flush_all()
        self.assertTrue(lead.partner_id)
        lead.sheet_glance()

    def test_gates_and_required_questions_refuse_nothing(self):
        self.env["customer.sheet.gate"].search([]).mode = "enforce"
        self.assertTrue(self.landed({"email": "ada@x-y.fr"}).lead_id)

    def test_rules_see_what_comes_from_outside(self):
        team = self.env["crm.team"].create({"name": "Seniors"})
        self.env["crm.team.member"].create({"crm_team_id": team.id, "user_id": self.rep.id})
        self.env.company.resource_calendar_id = False  # days of rest
        rules = self.env["customer.sheet.routing.rule"]
        rules.search([("is_on", "=", True)]).is_on = False
        rule = {"name": "All", "is_on": True, "trigger": "submitted", "team_id": team.id}
        rules.create({**rule, "strategy": "turn"})
        self.assertEqual(self.landed().lead_id.user_id, self.rep)

    def test_a_yes_is_evidence(self):
        sent = self.landed(
            consents=self.yes(), trace={"ip": "203.0.113.77", "referrer": "https://a.fr/x"}
        )
        [event] = sent.lead_id._sheet_consent_subjects().event_ids.filtered("purpose_id")
        self.assertEqual(
            (event.state, event.method, event.actor_kind), ("given", "web_form", "subject")
        )
        self.assertEqual(event.notice_version_id.id, sent.consents[0]["notice_version_id"])
        readable = event._readable()
        self.assertEqual((readable["uuid"], readable["ip"]), (sent.uuid, "203.0.113.0"))
        self.assertEqual(readable["label"], sent.consents[0]["words"])

    def test_an_unticked_box_decides_nothing(self):
        no = [{"purpose": "prospecting", "channel": "email", "given": False}]
        sent = self.landed(consents=no)
        self.assertFalse(sent.lead_id._sheet_consent_subjects())
        self.assertFalse(sent.consents[0]["given"])

    def test_a_program_says_no_in_so_many_words(self):
        no = [{"purpose": "prospecting", "channel": "email", "given": False}]
        sent = self.send(consents=no, channel="api")
        [event] = sent.lead_id._sheet_consent_subjects().event_ids.filtered("purpose_id")
        self.assertEqual((event.state, event.method), ("refused", "api"))

    def test_only_a_confirmed_yes_counts_where_the_form_says_so(self):
        self.request.consent_ids.double_opt_in = True
        self.request.action_publish()
        sent = self.landed(consents=self.yes())
        [event] = sent.lead_id._sheet_consent_subjects().event_ids.filtered("purpose_id")
        self.assertEqual((event.state, event.method), ("requested", "double_opt_in"))
        mails = self.env["mail.mail"].search([("email_to", "ilike", self.ada["email"])])
        self.assertEqual(len(mails), 1)

    def test_visitors_wait_for_nothing_programs_do(self):
        self.assertEqual(self.send().state, "received")
        self.assertEqual(self.send(channel="api").state, "landed")

    def test_the_chore_lets_land_what_waits(self):
        first, second = self.send(), self.send({"email": "b@x-y.fr"})
        do_chore(self, "landing")
        self.assertEqual((first.state, second.state), ("landed", "landed"))

    def test_what_fails_is_tried_again_and_then_held(self):
        sent = self.send()
        with (
            mute_logger("odoo.addons.crm_customer_sheet.models.collection.landing.submission"),
            patch.object(type(self.submissions), "_lead_values", side_effect=ValueError("No luck")),
        ):
            for state in ("received", "received", "held"):
                sent._try_to_land()
                self.assertEqual((sent.state, sent.problem), (state, "No luck"))
        self.assertIn("No luck", sent.reasons)
        sent.with_user(self.boss).action_land()
        self.assertEqual((sent.state, sent.problem), ("landed", False))

    def test_queries(self):
        self.landed({"name": "Warm Up", "email": "warm@x-y.fr", "need": "A cache"})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES["receive"]):
            sent = self.send()
            self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES["land"]):
            sent._sheet_land()
            self.env.flush_all()
