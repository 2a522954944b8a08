from odoo.tests import TransactionCase

from ..people import people


class ConsentCase(TransactionCase):
    """Reps, a steward, a privacy officer; people in France, Belgium and Morocco."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.steward, cls.officer = people(cls.env, "rep", "steward", "officer")
        cls.manager, cls.outsider = people(cls.env, "manager", "outsider")
        cls.env.ref("crm_customer_sheet.gate_qualified").mode = "off"
        cls.france = cls.env.ref("base.fr")
        cls.belgium = cls.env.ref("base.be")
        cls.morocco = cls.env.ref("base.ma")
        cls.events = cls.env["customer.sheet.consent.event"]
        cls.states = cls.env["customer.sheet.consent.state"]
        cls.subjects = cls.env["customer.sheet.consent.subject"]

    def contact(self, user=None, **values):
        """Create a consumer as the sales rep; in France unless said otherwise."""
        contacts = self.env["res.partner"].with_user(user or self.rep)
        return contacts.create(
            {
                "name": "Ada",
                "country_id": self.france.id,
                "sheet_typology": "b2c",
                "email": "ada@example.fr",
                "phone": "+33 6 12 34 56 78",
                **values,
            }
        )

    def lead(self, user=None, **values):
        """Create a lead of a consumer as the sales rep; in France unless said otherwise."""
        leads = self.env["crm.lead"].with_user(user or self.rep)
        return leads.create(
            {
                "name": "Request",
                "country_id": self.france.id,
                "sheet_typology": "b2c",
                "contact_name": "Ada",
                "email_from": "ada@example.fr",
                **values,
            }
        )

    def decide(self, records, state, purpose="prospecting", channel="email", **evidence):
        """Record one decision, told by phone unless said otherwise."""
        evidence = {"method": "phone", **evidence}
        return records._sheet_consent_record(
            [{"purpose": purpose, "channel": channel, "state": state}], **evidence
        )

    def may(self, record, purpose="prospecting", channel="email", when=None):
        """Return whether the door is open."""
        return record.can_contact(purpose, channel, when)["allowed"]

    def standing(self, record, purpose="prospecting", channel="email"):
        """Return the state in force of the people that a record is."""
        people = record._sheet_consent_subjects()
        purpose = self.env["customer.sheet.consent.purpose"]._by_code(purpose)
        rows = self.states.sudo().search(
            [
                ("subject_id", "in", people.ids),
                ("purpose_id", "=", purpose.id),
                ("channel", "=", channel),
            ]
        )
        return rows.mapped("state")
