from odoo.tests import TransactionCase, tagged

from ...people import people
from ...tours import TourCase

JOB = "customer.sheet.import"


@tagged("post_install", "-at_install")
class TestImportTours(TourCase, TransactionCase):
    """A salesperson with a messy file, in French at a desk, then at the phone."""

    def setUp(self):
        super().setUp()
        (self.rep,) = people(self.env, "rep")
        self.env.company.country_id = self.env.ref("base.fr")
        self.env["res.lang"]._activate_lang("fr_FR")
        self.rep.lang = "fr_FR"
        start = self.env.registry[JOB]._start

        def at_once(job, *args, **kwargs):
            start(job, *args, **kwargs)
            while job.state == "running":
                job.sudo()._advance()

        self.patch(self.env.registry[JOB], "_start", at_once)

    def leads(self):
        return self.env["crm.lead"].search([("user_id", "=", self.rep.id)])

    def test_from_file_to_leads_and_back(self):
        self.tour("import", "/odoo/customer-import")
        done = self.env[JOB].search([("user_id", "=", self.rep.id)])
        self.assertEqual((done.name, done.state), ("prospects.csv", "undone"))
        self.assertFalse(self.leads())
        made = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("partner_name", "=", "Fonderie Béal")])
        )
        self.assertEqual((len(made), made.zip, made.active), (1, "01000", False))
