"""The signature of a known contact's mail makes proposals by itself, where a setting says so."""

from odoo.tests import tagged

from .paste_common import SIGNATURE, PasteCase


@tagged("post_install", "-at_install")
class TestPastedMail(PasteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create(
            {"name": "Nadia Benali", "email": "nadia.benali@vasseur.fr"}
        )
        cls.lead.sudo().partner_id = cls.contact

    def switch(self, on=True, excluded=""):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_customer_sheet.mail_signatures", str(on))
        parameters.set_param("crm_customer_sheet.mail_signatures_except", excluded)

    def receive(self, body=SIGNATURE, author=None, **values):
        author = author or self.contact
        return self.lead.sudo().message_post(
            **{
                "body": body,
                "body_is_html": True,
                "message_type": "email",
                "author_id": author.id,
                "email_from": author.email,
                **values,
            }
        )

    def proposed(self, contact=None):
        proposals = (contact or self.contact).sudo().sheet_proposal_ids
        return {each.question_id.code: each for each in proposals}

    def test_off_at_first(self):
        self.receive()
        self.assertFalse(self.proposed())

    def test_function_and_phone_below_their_name(self):
        self.switch()
        self.receive()
        proposed = self.proposed()
        self.assertEqual(set(proposed), {"function", "phone"})
        self.assertEqual(proposed["function"].value, "Responsable QHSE")
        self.assertEqual(proposed["function"].words, "Responsable QHSE")
        self.assertEqual(proposed["phone"].words, "06 78 12 34 90")
        self.assertEqual(set(each.source for each in proposed.values()), {"mail"})
        self.assertFalse(self.contact.function, "nothing is written")

    def test_what_the_sheet_says_already_is_not_proposed(self):
        self.switch()
        self.contact.write({"function": "responsable qhse", "phone": "+33 6 78 12 34 90"})
        self.receive()
        self.assertFalse(set(self.proposed()) & {"phone"})

    def test_the_same_mail_again_proposes_nothing_new(self):
        self.switch()
        self.receive()
        before = self.proposed()
        self.receive()
        self.assertEqual(self.proposed(), before)

    def test_excluded_domains(self):
        self.switch(excluded="example.org, VASSEUR.fr")
        self.receive()
        self.assertFalse(self.proposed())

    def test_somebody_else_signs(self):
        self.switch()
        self.receive(SIGNATURE.replace("Nadia Benali", "Marc Dubois"))
        self.assertFalse(self.proposed())

    def test_only_their_own_words(self):
        self.switch()
        self.receive(
            "<p>Voici le contact :</p>"
            "<blockquote>&gt; Nadia Benali<br/>&gt; 06 78 12 34 90</blockquote>"
        )
        self.assertFalse(self.proposed())

    def test_a_colleague(self):
        self.switch()
        partner = self.rep.partner_id
        self.receive(SIGNATURE.replace("Nadia Benali", partner.name), author=partner)
        self.assertFalse(self.proposed(partner))

    def test_notes_and_comments_are_no_mail(self):
        self.switch()
        self.receive(message_type="comment")
        self.assertFalse(self.proposed())

    def test_a_mail_without_text_or_address(self):
        self.switch()
        self.receive("")
        self.receive("<p>\x00\ud7ff</p>".replace("\x00", ""), email_from=False)
        self.assertFalse(self.proposed())

    def test_mail_that_comes_in_by_the_gateway(self):
        self.switch()
        alias = self.env["crm.lead"].sudo()
        text = SIGNATURE.replace("<br/>", "\n").replace("<p>", "").replace("</p>", "\n")
        raw = (
            "From: Nadia Benali <nadia.benali@vasseur.fr>\nTo: leads@example.com\n"
            "Subject: Pompe\nMessage-Id: <paste-1@vasseur.fr>\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{text.partition('<blockquote>')[0]}"
        )
        self.env["mail.thread"].message_process("crm.lead", raw.encode())
        self.assertTrue(alias.search([("email_normalized", "=", "nadia.benali@vasseur.fr")]))
        self.assertEqual(self.proposed()["function"].value, "Responsable QHSE")
