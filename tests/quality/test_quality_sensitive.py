import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import QualityCase

NIR = "2 55 08 14 168 025 38"
CARD = "4970 1000 0000 0006"


@tagged("post_install", "-at_install")
class TestQualitySensitive(QualityCase):
    """D9: texts that say too much are listed and their author is told; nothing is changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.findings = cls.env["customer.sheet.sensitive.finding"]

    def found(self, record):
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.findings.search(domain)

    def told(self):
        """Return what users were told, from the messages that wait for the commit."""
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].sudo().search([("message", "like", "customer_sheet_sensitive")])
        return [json.loads(row.message)["payload"]["message"] for row in rows]

    def test_a_need_that_says_too_much_is_kept_listed_and_told(self):
        lead = self.lead(sheet_need="Elle est diabétique, livrer le matin")
        self.assertEqual(lead.sheet_need, "Elle est diabétique, livrer le matin")
        [finding] = self.found(lead)
        self.assertEqual((finding.category, finding.place_name), ("health", "Need"))
        self.assertEqual((finding.author_id, finding.state), (self.rep, "review"))
        [message] = self.told()
        self.assertIn("“Need” of Request seems to hold: Health", message)

    def test_harmless_look_alikes_are_left_alone(self):
        lead = self.lead(sheet_need="Mutuelle santé pour 40 salariés, rue de l'Église")
        self.assertFalse(self.found(lead))
        self.assertFalse(self.told())

    def test_numbers_are_masked(self):
        contact = self.contact(comment=f"<p>Son NIR : {NIR}, sa carte {CARD}</p>")
        findings = {finding.category: finding.masked for finding in self.found(contact)}
        self.assertEqual(set(findings), {"nir", "card"})
        for masked in findings.values():
            self.assertNotIn("168 025", masked)
            self.assertNotIn("1000 0000", masked)
        for finding in self.found(contact):
            stored = json.dumps(finding.read()[0], default=str)
            self.assertNotIn(NIR.replace(" ", ""), stored.replace(" ", ""))

    def test_notes_and_messages_of_ours_are_looked_through(self):
        contact = self.contact()
        note = "Il est en arrêt maladie"
        contact.message_post(body=note, message_type="comment")
        [finding] = self.found(contact)
        self.assertEqual((finding.category, finding.place_name), ("health", "Message or note"))

    def test_call_notes_are_looked_through(self):
        lead = self.lead()
        activity = lead.activity_schedule(
            "mail.mail_activity_data_call", note="Son fils est autiste", user_id=self.rep.id
        )
        self.assertEqual(self.found(lead).category, "health")
        other = self.lead()
        activity = other.activity_schedule("mail.mail_activity_data_call", user_id=self.rep.id)
        activity.action_feedback("Son fils est autiste")
        self.assertEqual(self.found(other).category, "health")

    def test_mail_that_comes_in_is_never_touched(self):
        lead = self.env["crm.lead"].sudo().create({"name": "Mail"})
        mail = "Je suis diabétique"
        lead.message_post(body=mail, message_type="email", email_from="client@atlas.ma")
        self.assertFalse(self.found(lead))
        gateway = (
            self.env["crm.lead"]
            .sudo()
            .create({"name": "Mail", "description": "Je suis diabétique"})
        )
        self.assertFalse(self.found(gateway))

    def test_a_rephrased_text_is_no_longer_listed(self):
        lead = self.lead(sheet_need="Elle est diabétique")
        lead.sheet_need = "Livrer le matin"
        self.assertEqual(self.found(lead).state, "removed")
        lead.sheet_need = "Elle est diabétique"
        self.assertEqual(sorted(self.found(lead).mapped("state")), ["removed", "review"])

    def test_saving_it_again_does_not_list_it_twice(self):
        lead = self.lead(sheet_need="Elle est diabétique")
        self.found(lead).with_user(self.officer).action_justify()
        lead.sheet_need = "Elle est diabétique, livrer le matin"
        self.assertEqual(self.found(lead).mapped("state"), ["justified"])

    def test_an_import_tells_its_author_once(self):
        self.env["crm.lead"].with_user(self.rep).create(
            [{"name": f"R{n}", "sheet_need": "Elle est diabétique"} for n in range(5)]
        )
        [message] = self.told()
        self.assertIn("5 sheets seem to hold: Health", message)

    def test_the_administrator_decides_what_is_sensitive(self):
        terms = self.env["customer.sheet.sensitive.term"].with_user(self.officer)
        term = terms.create({"category": "insult", "name": "zozo*", "unless": "chez zozo"})
        self.assertEqual(self.found(self.lead(sheet_need="Quel zozotte")).category, "insult")
        self.assertFalse(self.found(self.lead(sheet_need="Livrer chez Zozo")))
        term.active = False
        self.assertFalse(self.found(self.lead(sheet_need="Quel zozotte")))

    def test_only_the_privacy_officer_sees_and_closes_findings(self):
        finding = self.found(self.lead(sheet_need="Elle est diabétique"))
        for user in (self.rep, self.steward, self.outsider):
            with self.assertRaises(AccessError):
                finding.with_user(user).read(["category"])
        officers = finding.with_user(self.officer)
        officers.write({"justification": "Matériel médical"})
        officers.action_justify()
        self.assertEqual(finding.state, "justified")
        for forbidden in (officers.unlink, lambda: officers.create({"res_model": "x"})):
            with self.assertRaises(AccessError):
                forbidden()

    def test_any_text_can_be_saved(self):
        for text in ("", " ", "<", "\x01", "a" * 5000, "🙂" * 100, "(" * 2000, "4" * 3000):
            self.contact(comment=text, function=text[:50])
