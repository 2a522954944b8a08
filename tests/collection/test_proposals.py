from odoo.exceptions import UserError
from odoo.tests import tagged, warmup

from ..upkeep import do_chore
from .proposals_common import ProposalCase


@tagged("post_install", "-at_install")
class TestProposals(ProposalCase):
    """What others said: a person accepts it, keeps their own, and can take both back."""

    # -- proposing -----------------------------------------------------------

    def test_nothing_is_written_before_somebody_accepts(self):
        self.propose({"email": "ada@elsewhere.fr", "need": "Audit of the HVAC line"})
        self.assertEqual(self.lead.email_from, "ada@atlasmeca.fr")
        self.assertFalse(self.lead.sheet_need)

    def test_what_stands_is_not_proposed_however_it_is_written(self):
        said = {
            "email": "ADA@atlasmeca.fr",
            "phone": "04 72 00 00 01",
            "company": "ATLAS  MECA",
        }
        self.assertFalse(self.propose(said))

    def test_a_second_number_that_is_known_stands_too(self):
        self.lead.sheet_phone2 = "+33 6 12 34 56 78"
        self.assertFalse(self.propose({"phone": "06 12 34 56 78"}))

    def test_the_same_from_two_sources_is_one_proposal(self):
        first = self.propose({"need": "Audit"}, said_on=self.at("2026-03-01"), said_by="Ada")
        second = self.propose({"need": "audit"}, "mail", said_on=self.at("2026-04-02"))
        self.assertEqual(first, second)
        [row] = self.rows().values()
        self.assertEqual([said["source"] for said in row["said"]], ["E-mail", "Form"])
        self.assertEqual((second.source, second.said_on), ("mail", self.at("2026-04-02")))

    def test_a_submission_that_lands_twice_says_it_once(self):
        said = {"said_on": self.at("2026-03-01"), "said_by": "Ada"}
        for _time in range(2):
            proposal = self.propose({"need": "Audit"}, **said)
        self.assertFalse(proposal.heard)

    def test_a_submission_whose_landing_is_repeated_says_it_once(self):
        form = self.env["customer.sheet.form"].create({"name": "Contact"})
        sent = self.env["customer.sheet.submission"].create(
            {"form_id": form.id, "uuid": "6f2c1c7e-2f5b-4b5e-9a51-0d0a5f6f0c11"}
        )
        first = self.propose({"need": "Audit"}, submission=sent)
        again = self.propose({"need": "Audit"}, submission=sent, said_on=self.at("2027-01-01"))
        self.assertEqual((again, again.submission_id), (first, sent))
        self.assertFalse(first.heard)

    def test_who_corrects_themself_is_believed(self):
        first = self.propose({"need": "Audit"}, said_by="Ada")
        second = self.propose({"need": "Training"}, said_by="Ada")
        third = self.propose({"need": "Spare parts"}, "mail")
        self.assertEqual((first | second | third).mapped("state"), ["outdated", "open", "open"])

    def test_kept_mine_is_not_proposed_again(self):
        proposal = self.propose({"email": "ada@elsewhere.fr"})
        self.lead.with_user(self.rep).sheet_proposals_keep(proposal.ids)
        self.assertEqual(proposal.state, "kept")
        self.assertFalse(self.rows())
        self.assertFalse(self.propose({"email": "Ada@Elsewhere.fr"}, "mail"))
        self.assertTrue(self.propose({"email": "ada@third.fr"}, "mail"))

    def test_of_a_person_the_companys_answers_are_its_own(self):
        company = self.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        self.contact.parent_id = company
        proposals = self.propose({"headcount": "50_99"}, record=self.contact)
        self.assertEqual(proposals.partner_id, company)

    def test_what_the_record_has_no_field_for_is_left_out(self):
        self.assertFalse(self.propose({"no_such_question": "x", "need": None}))

    # -- accepting -----------------------------------------------------------

    def test_accepting_writes_the_answer_with_its_origin(self):
        origins = {"form": "zero", "api": "zero", "text": "first", "import": "second"}
        for source, origin in {**origins, "register": "third"}.items():
            with self.subTest(source=source):
                proposal = self.propose(
                    {"need": f"Audit by {source}"},
                    source,
                    said_on=self.at("2026-03-01"),
                    words={"need": "we need an audit"},
                    evidence="https://example.com/1",
                )
                self.accept(proposal)
                self.assertEqual(self.lead.sheet_need, f"Audit by {source}")
                answer = self.lead._sheet_answers("need")[:1]
                self.assertEqual((answer.origin, answer.state), (origin, "collected"))
                self.assertEqual(answer.date, self.at("2026-03-01"))
                self.assertEqual(answer.evidence, "“we need an audit”\nhttps://example.com/1")
                self.assertEqual(answer.author_id, self.rep)

    def test_the_former_value_stays_in_the_chatter(self):
        self.accept(self.propose({"email": "ada@elsewhere.fr"}))
        note = self.lead.message_ids.filtered(lambda message: "Accepted" in message.body)
        self.assertIn("ada@atlasmeca.fr → ada@elsewhere.fr", note.body)

    def test_an_old_answer_is_as_old_as_it_was_said(self):
        self.assertIn("headcount", [q.code for q in self.contact._sheet_aging()])
        company = self.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        said = {"said_on": self.at("2026-03-01")}
        proposal = self.propose({"headcount": "50_99"}, record=company, **said)
        self.accept(proposal, self.keeper)
        self.assertEqual(company.sheet_answer_dates["headcount"], "2026-03-01")
        self.undo(proposal, self.keeper)
        self.assertNotIn("headcount", company.sheet_answer_dates or {})

    def test_all_empty_ones_at_once_and_nothing_else(self):
        old = self.propose({"need": "Audit"}, said_on=self.at("2026-03-01"))
        new = self.propose({"need": "Training"}, "mail", said_on=self.at("2026-04-01"))
        self.propose({"email": "ada@elsewhere.fr", "city": "Lyon"})
        done = self.lead.with_user(self.rep).sheet_proposals_accept_empty()
        self.assertEqual((self.lead.sheet_need, self.lead.city), ("Training", "Lyon"))
        self.assertEqual(self.lead.email_from, "ada@atlasmeca.fr")
        self.assertEqual((old.state, new.state), ("open", "accepted"))
        self.lead.with_user(self.rep).sheet_proposals_undo(done[self.lead.id])
        self.assertFalse(self.lead.sheet_need or self.lead.city)

    def test_an_answer_to_a_question_that_is_archived_is_no_gap(self):
        self.lead.city = "Paris"
        self.env["customer.sheet.question"].search([("code", "=", "city")]).active = False
        self.env["customer.sheet.catalogue.version"]._publish()
        proposal = self.propose({"city": "Lyon"})
        self.lead.with_user(self.rep).sheet_proposals_accept_empty()
        self.assertEqual((self.lead.city, proposal.state), ("Paris", "open"))

    def test_a_decision_is_made_once(self):
        proposal = self.propose({"need": "Audit"})
        self.accept(proposal)
        for method in ("sheet_proposals_accept", "sheet_proposals_keep"):
            with self.assertRaises(UserError):
                getattr(self.lead.with_user(self.rep), method)(proposal.ids)

    def test_a_value_that_has_left_its_list(self):
        proposal = self.propose({"source": "website"})
        self.env.ref("crm_customer_sheet.option_source_website").copy({"code": "gone"})
        proposal.value = "no_such_value"
        with self.assertRaises(UserError) as refused:
            self.accept(proposal)
        self.assertIn("cannot be chosen any more", str(refused.exception))
        self.assertFalse(self.rows())

    def test_a_value_that_a_selection_no_longer_has(self):
        proposal = self.propose({"typology": "b2c"})
        proposal.value = "no_such_value"
        with self.assertRaises(UserError) as refused:
            self.accept(proposal)
        self.assertIn("cannot be chosen any more", str(refused.exception))
        self.assertFalse(self.rows())

    def test_a_deadline_that_has_passed_is_refused_in_words(self):
        proposal = self.propose({"deadline": "2020-01-01"})
        with self.assertRaises(UserError):
            self.accept(proposal)
        self.assertEqual(proposal.state, "open")

    # -- taking back -----------------------------------------------------------

    def test_an_undo_restores_value_and_origin(self):
        first = self.propose({"need": "Audit"})
        self.accept(first)
        second = self.propose({"need": "Training"}, "register")
        self.accept(second)
        self.assertEqual(self.lead._sheet_answers("need")[:1].origin, "third")
        self.undo(second)
        self.assertEqual(self.lead.sheet_need, "Audit")
        self.assertEqual(self.lead._sheet_answers("need")[:1].origin, "zero")
        self.assertEqual((second.state, second.former), ("open", False))
        self.undo(first)
        self.assertFalse(self.lead.sheet_need)
        self.assertFalse(self.lead._sheet_answers("need"))

    def test_what_was_changed_since_is_not_overwritten(self):
        proposal = self.propose({"need": "Audit"})
        self.accept(proposal)
        self.lead.sheet_need = "Audit and training"
        with self.assertRaises(UserError) as refused:
            self.undo(proposal)
        self.assertIn("has been changed since", str(refused.exception))
        self.assertEqual(self.lead.sheet_need, "Audit and training")

    def test_keeping_ones_own_can_be_taken_back(self):
        proposal = self.propose({"email": "ada@elsewhere.fr"})
        self.lead.with_user(self.rep).sheet_proposals_keep(proposal.ids)
        self.undo(proposal)
        self.assertEqual((proposal.state, bool(proposal.decided_by_id)), ("open", False))
        self.assertTrue(self.rows())

    # -- what the form shows -----------------------------------------------------

    def test_a_row_says_what_stands_what_is_proposed_and_why(self):
        self.propose(
            {"email": "ada@elsewhere.fr"},
            said_on=self.at("2026-03-01"),
            said_by="Ada",
            words={"email": "write to ada@elsewhere.fr"},
        )
        row = self.rows()["ada@elsewhere.fr"]
        [change] = row["changes"]
        self.assertEqual(
            (change["before"], change["after"]), ("ada@atlasmeca.fr", "ada@elsewhere.fr")
        )
        self.assertEqual(row["said"][0]["by"], "Ada")
        self.assertEqual(row["said"][0]["day"], "03/01/2026")
        self.assertEqual(row["why"], "write to ada@elsewhere.fr")
        self.assertFalse(row["is_empty"])

    def test_a_value_that_was_typed_meanwhile_is_not_shown(self):
        self.propose({"need": "Audit"})
        lead = self.lead.with_user(self.rep)
        self.assertTrue(self.rows())
        shown = lead.sheet_glance({"sheet_need": "audit"})["sheet_proposals"]
        self.assertFalse([row for row in shown if row["kind"] == "answer"])
        lead.sheet_need = "audit"
        self.assertFalse(self.rows())

    def test_what_was_typed_meanwhile_is_no_longer_asked(self):
        proposals = self.propose({"function": "Buyer", "need": "A pump"})
        self.env.flush_all()
        self.lead.with_user(self.rep).write({"function": "  buyer "})
        do_chore(self, "proposals")
        states = {each.question_id.code: each.state for each in proposals}
        self.assertEqual(states, {"function": "outdated", "need": "open"})
        self.lead.with_user(self.rep).sheet_need = "A pump"
        do_chore(self, "proposals")
        found = self.env["crm.lead"].search([("sheet_proposal_ids", "!=", False)])
        self.assertNotIn(self.lead, found)

    def test_a_verified_value_is_shown_with_a_warning(self):
        self.lead.with_user(self.rep).action_sheet_verify()
        self.propose({"email": "ada@elsewhere.fr", "need": "Audit"})
        rows = self.rows()
        self.assertIn("Verified on", rows["ada@elsewhere.fr"]["warnings"][0])
        self.assertEqual((rows["Audit"]["is_empty"], rows["Audit"]["warnings"]), (True, []))

    def test_what_is_older_than_the_present_value_says_so(self):
        self.accept(self.propose({"need": "Audit"}, said_on=self.at("2026-04-01")))
        self.propose({"need": "Training"}, "mail", said_on=self.at("2026-03-01"))
        [row] = self.rows().values()
        self.assertIn("Said before what stands here", row["warnings"][0])
        self.propose({"need": "Spare parts"}, "text", said_on=self.at("2026-05-01"))
        self.assertFalse(self.rows()["Spare parts"]["warnings"])

    def test_corrections_stand_in_the_same_list(self):
        self.lead.city = "LYON"
        self.propose({"need": "Audit"})
        shown = self.lead.with_user(self.rep).sheet_glance()["sheet_proposals"]
        self.assertEqual([row["kind"] for row in shown], ["answer", "correction"])
        self.assertEqual(shown[1]["about"], "city")

    @warmup
    def test_the_list_costs_no_query_where_nothing_is_proposed(self):
        lead = self.lead.with_user(self.rep)
        lead.sheet_glance()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            lead.sheet_glance()

    def test_a_filter_finds_sheets_with_proposals(self):
        self.propose({"need": "Audit"})
        kept = self.propose({"city": "Lyon"}, record=self.contact)
        self.contact.with_user(self.keeper).sheet_proposals_keep(kept.ids)
        domain = [("sheet_proposal_ids", "!=", False)]
        found = self.env["crm.lead"].with_user(self.rep).search(domain)
        self.assertEqual(found & self.lead, self.lead)
        self.assertNotIn(self.contact, self.env["res.partner"].with_user(self.rep).search(domain))

    def test_all_that_was_proposed_can_be_read(self):
        proposal = self.propose({"need": "Audit"})
        self.accept(proposal)
        lead = self.lead.with_user(self.rep)
        action = lead.action_sheet_proposals()
        found = proposal.with_user(self.rep).search(action["domain"])
        self.assertEqual((found, found.shown), (proposal, "Audit"))
