from odoo.tests import tagged

from ...tours import TourCase
from .lookup_common import LookupCase


@tagged("post_install", "-at_install")
class TestLookupTours(LookupCase, TourCase):
    """A rep looks a company up, at the desk in English and on the phone in French."""

    def look_up(self):
        self.tour("lookup", f"/odoo/crm/{self.lead.id}")
        self.lead.invalidate_recordset()
        self.assertEqual(self.lead.partner_name, "Ateliers du Verdon")
        self.assertEqual(self.lead.sheet_register_said["company"]["number"], "732829320")

    def test_at_the_desk(self):
        self.look_up()

    def test_on_the_phone_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.rep.lang = "fr_FR"
        self.on_phone()
        self.look_up()
