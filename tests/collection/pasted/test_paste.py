"""The dialog that reads a text: it proposes on a record, or makes a new lead."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .paste_common import NOTES, SIGNATURE, PasteCase


@tagged("post_install", "-at_install")
class TestPaste(PasteCase):
    def test_what_a_text_says(self):
        said = self.said(self.paste(lead_id=self.lead.id))
        self.assertEqual(
            said,
            {
                "name": "Nadia Benali",
                "function": "responsable achats",
                "company": "Chaudronnerie Vasseur",
                "email": "nadia.benali@vasseur-chaudronnerie.fr",
                "phone": said["phone"],
                "headcount": "20_49",
                "budget": 15000,
                "deadline": "2099-03-31",
                "decision_maker": "M. Vasseur",
            },
        )
        self.assertEqual("".join(filter(str.isdigit, said["phone"]))[-9:], "678123490")

    def test_every_answer_quotes_the_text_and_is_marked_in_it(self):
        paste = self.paste(lead_id=self.lead.id)
        for line in paste.line_ids:
            self.assertEqual(line.words, NOTES[line.start : line.end])
            self.assertIn(f"<mark>{line.words}<small", paste.marked)

    def test_the_text_is_shown_as_text(self):
        paste = self.paste("<script>alert(1)</script> budget 15 k€", lead_id=self.lead.id)
        self.assertNotIn("<script", paste.marked)
        self.assertIn("&lt;script", paste.marked)

    def test_ticked_answers_are_proposed_and_nothing_is_written(self):
        paste = self.paste(lead_id=self.lead.id)
        left = paste.line_ids.filtered(lambda each: each.question_id.code == "company")
        left.is_chosen = False
        paste.action_propose()
        proposals = self.lead.sudo().sheet_proposal_ids
        self.assertEqual(
            set(proposals.mapped("question_id.code")), set(self.said(paste)) - {"company"}
        )
        self.assertEqual(set(proposals.mapped("source")), {"text"})
        budget = proposals.filtered(lambda each: each.question_id.code == "budget")
        self.assertIn("15 000 €", budget.words)
        self.assertFalse(self.lead.function)
        self.assertFalse(self.lead.contact_name)

    def test_what_stands_already_is_not_shown(self):
        self.lead.write({"contact_name": "Nadia Benali", "phone": "+33 6 78 12 34 90"})
        paste = self.paste(lead_id=self.lead.id)
        self.assertNotIn("name", self.said(paste))
        self.assertIn("142685300", "".join(filter(str.isdigit, self.said(paste)["phone"])))

    def test_a_new_lead(self):
        paste = self.paste()
        action = paste.action_create_lead()
        lead = self.env["crm.lead"].with_user(self.rep).browse(action["res_id"])
        self.assertEqual(lead.name, "Chaudronnerie Vasseur")
        self.assertEqual(lead.partner_name, "Chaudronnerie Vasseur")
        self.assertEqual(lead.contact_name, "Nadia Benali")
        self.assertEqual((lead.sheet_budget_min, lead.sheet_budget_max), (10000, 15000))
        self.assertEqual(str(lead.sheet_deadline), "2099-03-31")
        self.assertTrue(lead.sheet_phone2)
        self.assertEqual(lead.user_id, self.rep)
        self.assertFalse(lead.sudo().sheet_proposal_ids)

    def test_a_new_lead_knows_where_each_answer_comes_from(self):
        paste = self.paste()
        lead = self.env["crm.lead"].browse(paste.action_create_lead()["res_id"])
        answers = self.env["customer.sheet.answer"].search([("lead_id", "=", lead.id)])
        self.assertEqual(set(answers.mapped("question_id.code")), set(self.said(paste)))
        self.assertEqual(set(answers.mapped("origin")), {"first"})
        self.assertEqual(answers.author_id, self.rep)
        budget = answers.filtered(lambda each: each.question_id.code == "budget")
        self.assertIn("10 et 15 000 €", budget.evidence)

    def test_the_text_is_kept_as_a_note_of_a_new_lead_if_wished(self):
        for kept in (True, False):
            paste = self.paste()
            self.assertTrue(paste.keep_text)
            paste.keep_text = kept
            lead = self.env["crm.lead"].browse(paste.action_create_lead()["res_id"])
            notes = lead.message_ids.filtered(lambda each: "45 salariés" in (each.body or ""))
            self.assertEqual(len(notes), kept)
            self.assertTrue(all(note.is_internal or note.subtype_id.internal for note in notes))

    def test_a_company_is_not_called_like_its_employee(self):
        company = self.env["res.partner"].create({"name": "Vasseur", "is_company": True})
        said = self.said(self.paste(partner_id=company.id))
        self.assertEqual(said["name"], "Chaudronnerie Vasseur")
        self.assertNotIn("function", said)
        self.assertNotIn("budget", said, "contacts have no budget")

    def test_the_company_of_a_contact_is_known(self):
        company = self.env["res.partner"].create({"name": "Vasseur", "is_company": True})
        contact = self.env["res.partner"].create({"name": "N. Benali", "parent_id": company.id})
        self.assertNotIn("company", self.said(self.paste(partner_id=contact.id)))

    def test_another_currency_is_not_converted(self):
        self.assertNotIn("budget", self.said(self.paste("Budget $15,000", lead_id=self.lead.id)))

    def test_our_own_address_is_nobodys_answer(self):
        self.env.company.email = "contact@ourfirm.example"
        said = self.said(self.paste("julie@ourfirm.example\nbudget 3 k€", lead_id=self.lead.id))
        self.assertEqual(said, {"budget": 3000})

    def test_an_empty_text_and_no_tick_are_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "Paste a text first"):
            self.paste(" \n", lead_id=self.lead.id)
        paste = self.paste("Merci !")
        self.assertFalse(paste.line_ids)
        with self.assertRaisesRegex(UserError, "Tick at least one"):
            paste.action_create_lead()

    def test_back_to_the_text(self):
        paste = self.paste()
        paste.action_change()
        self.assertFalse(paste.is_read or paste.line_ids)
        self.assertEqual(paste.text, NOTES)

    # -- an incoming mail -------------------------------------------------------

    def mail(self, record):
        return record.sudo().message_post(
            body=SIGNATURE,
            body_is_html=True,
            message_type="email",
            email_from="nadia.benali@vasseur.fr",
        )

    def test_the_text_of_a_mail(self):
        message = self.mail(self.lead)
        action = self.lead.action_sheet_paste(message.id)
        pastes = self.env["customer.sheet.paste"].with_user(self.rep)
        paste = pastes.with_context(**action["context"]).create({})
        self.assertIn("Responsable QHSE", paste.text)
        paste.action_read()
        self.assertEqual(self.said(paste)["function"], "Responsable QHSE")
        paste.action_propose()
        proposal = self.lead.sudo().sheet_proposal_ids[:1]
        self.assertEqual((proposal.source, proposal.said_by), ("mail", "nadia.benali@vasseur.fr"))

    # -- rights ------------------------------------------------------------------

    def test_a_lead_of_somebody_else(self):
        with self.assertRaises(AccessError):
            self.paste(user=self.rival, lead_id=self.lead.id)
        with self.assertRaises(AccessError):
            self.lead.with_user(self.rival).action_sheet_paste()

    def test_a_message_that_one_may_not_read(self):
        message = self.mail(self.lead)
        with self.assertRaises(AccessError):
            self.paste(user=self.rival, text=False, message_id=message.id)

    def test_a_contact_that_one_may_only_read(self):
        """Whoever may not change the sheet cannot have anything proposed on it."""
        paste = self.paste(partner_id=self.rival.partner_id.id)
        with self.assertRaises(AccessError):
            paste.action_propose()
        self.assertFalse(self.rival.partner_id.sudo().sheet_proposal_ids)

    def test_the_dialog_of_somebody_else(self):
        paste = self.paste()
        with self.assertRaises(AccessError):
            paste.with_user(self.rival).action_create_lead()
