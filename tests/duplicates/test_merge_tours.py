from odoo.tests import tagged

from ..people import person
from ..tours import TourCase


@tagged("post_install", "-at_install")
class TestMergeTours(TourCase):
    """Merging and taking it back, as a salesperson does it."""

    def setUp(self):
        super().setUp()
        self.rep = person(self.env, "keeper")
        partners = self.env["res.partner"].with_user(self.rep)
        self.one = partners.create({"name": "Zoe One", "email": "zoe@leroy.fr"})
        self.two = partners.create(
            {"name": "Zoe Two", "email": "zoe.two@leroy.fr", "city": "Lyon", "street": "1 rue A"}
        )
        self.lead = self.env["crm.lead"].create({"name": "Audit", "partner_id": self.two.id})

    def test_contacts_are_merged_from_the_list_and_back(self):
        self.start_tour("/odoo/contacts", "crm_customer_sheet_merge_contacts", login=self.rep.login)
        self.env.invalidate_all()
        self.assertTrue(self.two.active)
        self.assertEqual(self.one.email, "zoe@leroy.fr")

    def test_contacts_are_merged_on_a_phone(self):
        self.on_phone()
        self.start_tour(self.url(), "crm_customer_sheet_merge_phone", login=self.rep.login)
        self.env.invalidate_all()
        self.assertFalse(self.two.active)
        self.assertEqual(self.one.email, "zoe.two@leroy.fr")
        self.assertEqual(self.one.city, "Lyon")

    def url(self):
        action = self.env["ir.actions.client"].create(
            {
                "name": "Merge",
                "tag": "customer_sheet_merge",
                "params": {"host": "res.partner", "record_ids": [self.one.id, self.two.id]},
            }
        )
        return f"/odoo/action-{action.id}"

    def test_a_merge_is_undone_from_the_archived_contact(self):
        merges = self.env["customer.sheet.merge"].with_user(self.rep)
        merges._merge(self.one, self.two)
        self.one.street = "2 rue Neuve"
        self.start_tour(
            f"/odoo/contacts/{self.two.id}", "crm_customer_sheet_merge_undo", login=self.rep.login
        )
        self.env.invalidate_all()
        self.assertTrue(self.two.active)
        self.assertEqual(self.one.street, "2 rue Neuve")
        self.assertEqual(self.lead.partner_id, self.two)
