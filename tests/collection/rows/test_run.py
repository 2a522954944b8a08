from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ....models.collection.running import batch
from ....models.collection.running import desk as running
from ...upkeep import finish_many
from .import_common import ADA, COLUMNS, ImportCase, person


@tagged("post_install", "-at_install")
class TestRun(ImportCase):
    """Each row becomes what the review has said, once."""

    def test_rows_become_leads_of_whoever_imports(self):
        desk = self.imported(*(person(number) for number in range(3)))
        leads = desk.row_ids.lead_id
        self.assertEqual(len(leads), 3)
        self.assertEqual(leads.user_id, self.rep)
        self.assertEqual(leads.mapped("email_from"), [person(n)[2] for n in range(3)])
        self.assertEqual(leads[0].name, "An engine: Company 0")
        report = desk.desk()["report"]
        self.assertEqual(self.figures(report), {"created": 3})
        self.assertEqual(report["created"], {"lead": 3, "partner": 0})

    def test_without_the_leads_of_odoo_rows_become_opportunities(self):
        """Nothing lands where no menu leads to."""
        everybody = self.env.ref("base.group_user")
        everybody.implied_ids -= self.env.ref("crm.group_use_lead")
        team = self.env["crm.team"].create({"name": "Fair", "use_leads": True})
        self.rep.crm_team_ids = team
        for policy in ({}, {"team": str(team.id)}):
            desk = self.imported(person(len(policy)), **policy)
            self.assertEqual(desk.desk()["hosts"][0], ["crm.lead", "Opportunities"])
            self.assertEqual(desk.row_ids.lead_id.type, "opportunity")

    def test_where_an_answer_comes_from_is_noted(self):
        desk = self.imported(person(1))
        answers = desk.row_ids.lead_id._sheet_answers()
        self.assertEqual(
            set(answers.question_id.mapped("code")), {"name", "company", "email", "phone", "need"}
        )
        self.assertEqual(set(answers.mapped("origin")), {"second"})
        self.assertEqual(answers[0].evidence, "fair.xlsx, row 2")
        self.assertEqual(answers.author_id, self.rep)

    def test_checks_keys_and_scores_follow(self):
        desk = self.imported(*(person(number) for number in range(25)))
        finish_many(self)
        leads = desk.row_ids.lead_id
        self.assertEqual(set(leads.mapped("sheet_phone_status")), {"valid"})
        self.assertTrue(all(leads.mapped("sheet_completeness")))
        while self.env["customer.sheet.duplicate"]._match_dirty():
            pass
        keyed = self.env["customer.sheet.match.key"].search([("lead_id", "in", leads.ids)])
        self.assertEqual(keyed.lead_id, leads)

    def test_texts_that_say_too_much_are_counted_and_not_told_one_by_one(self):
        """D9: the desk warns before, so nobody gets a message for each batch of rows."""
        desk = self.imported(person(1, need="Elle est diabétique"), person(2))
        self.assertEqual(desk.desk()["report"]["sensitive"], 1)
        self.env.cr.precommit.run()
        told = [("message", "like", "customer_sheet_sensitive")]
        self.assertFalse(self.env["bus.bus"].sudo().search(told))

    def test_a_row_that_is_refused_harms_no_other(self):
        """In a batch of many the one is found that the database refuses."""
        create = type(self.env["crm.lead"])._sheet_create
        why = "Not this one."

        def refusing(leads, stock, vals_list):
            if any(vals.get("email_from") == person(2)[2] for vals in vals_list):
                raise UserError(why)
            return create(leads, stock, vals_list)

        desk = self.checked(*(person(number) for number in range(5)))
        desk.run()
        with patch.object(type(self.env["crm.lead"]), "_sheet_create", refusing):
            self.work(desk)
        report = desk.desk()["report"]
        self.assertEqual(self.figures(report), {"created": 4, "failed": 1})
        [failed] = desk.row_ids.filtered(lambda row: row.outcome == "failed")
        self.assertEqual((failed.line, failed.problem_text), (4, "Not this one."))

    def test_every_row_once_however_often_the_job_is_taken_up(self):
        desk = self.checked(*(person(number) for number in range(5)))
        desk.run()
        with patch.object(running, "BATCH", 2):
            desk.sudo()._advance()
            desk.sudo()._stop()
            self.assertEqual(len(desk.row_ids.lead_id), 2)
            desk.sudo().state = "running"
            self.work(desk)
        self.assertEqual(len(desk.row_ids.lead_id), 5)
        with self.assertRaises(UserError):
            desk.run()

    def test_rows_about_one_person_are_one_lead(self):
        desk = self.imported(person(1, phone=None), person(1), person(1, need="Another engine"))
        lead = desk.row_ids.lead_id
        self.assertEqual(len(lead), 1)
        self.assertTrue(lead.phone)
        self.assertEqual(lead.sheet_need, "An engine")
        [proposal] = lead.sheet_proposal_ids
        self.assertEqual((proposal.value, proposal.source), ("Another engine", "import"))
        self.assertEqual(self.figures(desk.desk()["report"]), {"created": 1, "joined": 2})

    # -- customers who are known -----------------------------------------------------

    def test_what_is_empty_is_filled(self):
        lead = self.known_lead(phone="+33 4 72 00 11 11")
        self.imported([*ADA, "+33 4 72 00 99 99", "An engine"])
        self.assertEqual((lead.sheet_need, lead.phone), ("An engine", "+33 4 72 00 11 11"))
        self.assertFalse(lead.sheet_proposal_ids)

    def test_or_everything_is_proposed(self):
        lead = self.known_lead()
        desk = self.imported([*ADA, None, "An engine"], existing="propose")
        self.assertFalse(lead.sheet_need)
        self.assertEqual(lead.sheet_proposal_ids.mapped("value"), ["An engine"])
        self.assertEqual(self.figures(desk.desk()["report"]), {"proposed": 1})

    def test_or_replaced_and_logged(self):
        lead = self.known_lead(phone="+33 4 72 00 11 11")
        self.imported([*ADA, "+33 4 72 00 99 99", None], existing="overwrite")
        self.assertEqual(lead.phone, "+33 4 72 00 99 99")
        self.assertIn("+33 4 72 00 11 11", "".join(lead.message_ids.mapped("body")))

    def test_a_contact_of_a_company_whom_nobody_has_a_lead_of_is_filled(self):
        company = self.env["res.partner"].create({"name": ADA[1], "is_company": True})
        contact = self.env["res.partner"].create(
            {
                "name": ADA[0],
                "parent_id": company.id,
                "email": ADA[2],
                "country_id": self.france.id,
            }
        )
        contact._sheet_match_flush()
        desk = self.imported([*ADA, "+33 4 72 00 99 99", None])
        self.assertEqual(self.figures(desk.desk()["report"]), {"completed": 1})
        self.assertEqual(contact.phone, "+33 4 72 00 99 99")

    def test_a_fault_of_the_program_is_not_told_in_its_own_words(self):
        """Whoever imports learns what to do; the reason is in the log."""
        failing = patch.object(batch.Batch, "_note_origins", side_effect=AttributeError("'x'"))
        desk = self.checked(person(1))
        desk.run()
        with failing, mute_logger(batch.__name__):
            self.work(desk)
        [words] = desk.row_ids.mapped("problem_text")
        self.assertNotIn("'x'", words)

    def test_a_contact_that_i_may_not_change_gets_proposals(self):
        contact = self.env["res.partner"].create(
            {
                "name": ADA[0],
                "company_name": ADA[1],
                "email": ADA[2],
                "country_id": self.france.id,
            }
        )
        contact._sheet_match_flush()
        self.only_own_contacts("perm_write")
        self.imported([*ADA, "+33 4 72 00 99 99", None], existing="overwrite")
        self.assertFalse(contact.phone)
        self.assertEqual(contact.sheet_proposal_ids.question_id.mapped("code"), ["phone"])

    def test_a_customer_of_somebody_else_is_proposed_to_them(self):
        """The person gets a lead of their own, as if nobody were known."""
        lead = self.known_lead(self.rival)
        desk = self.imported([*ADA, None, "An engine"])
        self.assertEqual(self.figures(desk.desk()["report"]), {"created": 1})
        self.assertEqual(desk.row_ids.lead_id.user_id, self.rep)
        self.assertNotEqual(desk.row_ids.lead_id, lead)
        self.assertFalse(lead.sheet_need)
        self.assertEqual(lead.sheet_proposal_ids.mapped("value"), ["An engine"])

    # -- choices ---------------------------------------------------------------------

    def test_owner_and_team_as_chosen(self):
        team = self.env["crm.team"].create({"name": "Fair"})
        desk = self.imported(
            person(1), user=self.steward, owner=str(self.rival.id), team=str(team.id)
        )
        lead = desk.row_ids.lead_id
        self.assertEqual((lead.user_id, lead.team_id), (self.rival, team))
        desk = self.imported(person(2), user=self.steward, owner="routing")
        self.assertFalse(desk.row_ids.lead_id.user_id)

    def test_a_lead_that_does_not_pass_its_gate(self):
        gate = self.env["customer.sheet.gate"].search([], limit=1)
        stage = gate.stage_ids[:1]
        columns = (*COLUMNS, "field:stage_id")
        row = [*person(1), stage.name]
        lead = self.imported(row, columns=columns).row_ids.lead_id
        self.assertEqual(lead.stage_id, stage)
        self.assertTrue(lead.sheet_gate_failing)
        row = [*person(2), stage.name]
        lead = self.imported(row, columns=columns, gate="first_stage").row_ids.lead_id
        self.assertLess(lead.stage_id.sequence, stage.sequence)

    def test_a_sheet_is_known_by_its_reference(self):
        lead = self.known_lead(contact_name="Somebody Else", partner_name=False, email_from=False)
        columns = ("field:sheet_reference", "question:need")
        desk = self.imported([lead.sheet_reference, "An engine"], columns=columns)
        self.assertEqual((desk.row_ids.lead_id, lead.sheet_need), (lead, "An engine"))
        foreign = self.known_lead(self.rival, contact_name="Grace Hopper")
        columns = (*columns, "question:name")
        row = [foreign.sheet_reference, "An engine", "Grace Hopper"]
        desk = self.imported(row, columns=columns)
        self.assertFalse(foreign.sheet_need)
        self.assertNotEqual(desk.row_ids.lead_id.sheet_reference, foreign.sheet_reference)

    def test_a_file_imported_again_says_nothing_new(self):
        rows = [person(1), person(2, name="M. Le Goff"), ["", "", "x@y-z.fr", None, None]]
        self.imported(*rows)
        self.env["crm.lead"]._sheet_match_flush()
        while self.env["customer.sheet.duplicate"]._match_dirty():
            pass
        desk = self.imported(*rows)
        self.assertEqual(self.figures(desk.desk()["report"]), {"skipped": 3})

    def test_people_come_under_their_company(self):
        columns = (*COLUMNS[:1], COLUMNS[2], "field:parent")
        desk = self.imported(
            ["Ada Lovelace", "ada@engines.fr", "Engines 100%"],
            ["Salma Bennani", "salma@engines.fr", "engines 100%"],
            columns=columns,
            host="res.partner",
            user=self.steward,
        )
        people = desk.row_ids.partner_id
        self.assertEqual(people.parent_id.mapped("name"), ["Engines 100%"])
        self.assertTrue(people.parent_id.is_company)

    def test_a_company_of_the_file_comes_before_its_people(self):
        desk = self.imported(
            ["Ada Lovelace", None, "ada@engines.fr", "Engines"],
            [None, "Engines", "contact@engines.fr", None],
            columns=(*COLUMNS[:3], "field:parent"),
            host="res.partner",
            user=self.steward,
        )
        ada, company = desk.row_ids.partner_id
        self.assertEqual(ada.parent_id, company)
        self.assertTrue(company.is_company)
