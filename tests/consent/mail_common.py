from odoo.addons.mail.tests.common import MockEmail

from .common import ConsentCase


class ConsentMailCase(MockEmail, ConsentCase):
    """Ada agreed to prospecting by e-mail, Bob refused, nobody asked Cleo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prospecting = cls.env.ref("crm_customer_sheet.consent_purpose_prospecting")
        people = cls.env["res.partner"].with_user(cls.rep)
        cls.ada, cls.bob, cls.cleo = people.create(
            [
                {
                    "name": name,
                    "email": f"{name.lower()}@example.fr",
                    "phone": f"+33 6 12 34 56 7{number}",
                    "country_id": cls.france.id,
                    "sheet_typology": "b2c",
                }
                for number, name in enumerate(("Ada", "Bob", "Cleo"))
            ]
        )
        for contact, state in ((cls.ada, "given"), (cls.bob, "refused")):
            contact._sheet_consent_record(
                [{"purpose": "prospecting", "channel": "email", "state": state}],
                method="web_form",
                actor_kind="subject",
            )
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Offer",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "subject": "Our offer",
                "body_html": "<p>Buy it.</p>",
                "sheet_consent_purpose_id": cls.prospecting.id,
            }
        )

    def composer(self, records, mode="mass_mail", user=None, **values):
        """Open the composer on records as a sales rep would."""
        composers = self.env["mail.compose.message"].with_user(user or self.rep)
        context = {
            "default_model": records._name,
            "default_res_ids": records.ids,
            "default_composition_mode": mode,
        }
        return composers.with_context(**context).create(
            {"subject": "Our offer", "body": "<p>Buy it.</p>", **values}
        )

    def mail(self, contact, purpose="prospecting", **values):
        """Queue a mail about a contact to the same contact."""
        purposes = self.env["customer.sheet.consent.purpose"]
        return (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": "Our offer",
                    "body_html": "<p>Buy it.</p>",
                    "model": contact._name,
                    "res_id": contact.id,
                    "email_to": contact._sheet_contact_point("email"),
                    "sheet_consent_purpose_id": purpose and purposes._by_code(purpose).id,
                    **values,
                }
            )
        )

    def sent(self):
        """Return the addresses that really got a mail."""
        return sorted(address for mail in self._mails for address in mail["email_to"])

    def assertCancelled(self, mail, words):
        self.assertEqual((mail.state, mail.failure_type), ("cancel", "mail_optout"))
        self.assertIn(words, mail.failure_reason)
