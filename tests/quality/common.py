from odoo.tests import TransactionCase

from ..people import people


class QualityCase(TransactionCase):
    """A sales rep, a steward, a privacy officer, and contacts in France, Belgium and Morocco."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival = people(cls.env, "rep", "rival")
        cls.steward, cls.officer, cls.outsider = people(cls.env, "steward", "officer", "outsider")
        cls.france = cls.env.ref("base.fr")
        cls.belgium = cls.env.ref("base.be")
        cls.morocco = cls.env.ref("base.ma")
        cls.domains = cls.env["customer.sheet.email.domain"]
        cls.runs = cls.env["customer.sheet.quality.run"]

    @classmethod
    def knows(cls, name, **values):
        """Note what is known of an e-mail domain, as a look-up would."""
        domain = cls.domains.search([("name", "=", name)])
        if domain:
            domain.write(values)
        else:
            domain = cls.domains.create({"name": name, **values})
        return domain

    def contact(self, user=None, **values):
        """Create a contact as the sales rep; in France unless said otherwise."""
        contacts = self.env["res.partner"].with_user(user or self.rep)
        return contacts.create({"name": "Ada", "country_id": self.france.id, **values})

    def lead(self, user=None, **values):
        """Create a lead as the sales rep; in France unless said otherwise."""
        leads = self.env["crm.lead"].with_user(user or self.rep)
        return leads.create({"name": "Request", "country_id": self.france.id, **values})

    def assertStatus(self, record, kind, status, reason=False):
        record = record.sudo()
        found = record[f"sheet_{kind}_status"], record[f"sheet_{kind}_reason"]
        self.assertEqual(found, (status, reason))

    def run_to_end(self):
        """Let the scheduler finish the running checks, in its own transaction."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_customer_sheet.ir_cron_sheet_quality").method_direct_trigger()
