from odoo.tests import Form, tagged

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetSaid(SheetCase):
    """F6: what somebody typed on a lead is not overwritten by what its contact says."""

    def company(self, **values):
        return self.env["res.partner"].create({"name": "Atlas", "is_company": True, **values})

    def test_a_sector_that_was_typed_stays(self):
        lead = self.lead(sheet_typology="b2b", sheet_sector="retail")
        contact = self.company(sheet_sector="industry")
        lead.partner_id = contact
        self.assertEqual(lead.sheet_sector, "retail")
        contact.sheet_sector = "finance"
        self.assertEqual(lead.sheet_sector, "retail")
        lead.partner_id = self.company(sheet_sector="saas")
        self.assertEqual(lead.sheet_sector, "retail")

    def test_an_empty_sector_is_filled(self):
        lead = self.lead(partner_id=self.company(sheet_sector="industry").id)
        self.assertEqual(lead.sheet_sector, "industry")
        late = self.lead()
        late.partner_id = self.company(sheet_sector="industry")
        self.assertEqual(late.sheet_sector, "industry")

    def test_a_typology_that_was_typed_stays(self):
        lead = self.lead(partner_name="Atlas", sheet_typology="b2c")
        lead.partner_name = "Atlas Meca"
        self.assertEqual(lead.sheet_typology, "b2c")
        lead.partner_id = self.company(sheet_typology="b2b")
        self.assertEqual(lead.sheet_typology, "b2c")
        lead.partner_id.sheet_typology = "b2c"
        business = self.lead(sheet_typology="b2b")
        business.partner_id = self.env["res.partner"].create({"name": "Ada"})
        self.assertEqual(business.sheet_typology, "b2b")

    def test_a_won_lead_keeps_what_it_says(self):
        contact = self.company(sheet_sector="industry")
        lead = self.lead(partner_id=contact.id)
        lead.action_set_won()
        contact.sheet_sector = "retail"
        self.assertEqual(lead.sheet_sector, "industry")

    def test_the_form_proposes_until_it_is_saved(self):
        form = Form(self.env["crm.lead"].with_user(self.rep))
        form.name = "Request"
        form.partner_name = "Atlas"
        lead = form.save()
        self.assertEqual(lead.sheet_typology, "b2b")

    def test_the_form_proposes_when_the_first_company_is_named(self):
        lead = self.lead(user=self.rep)
        self.assertEqual(lead.sheet_typology, "b2c")
        with Form(lead.with_user(self.rep)) as form:
            form.partner_name = "Atlas"
        self.assertEqual(lead.sheet_typology, "b2b")
        lead.sheet_typology = "b2c"
        with Form(lead.with_user(self.rep)) as form:
            form.partner_name = "Atlas Meca"
        self.assertEqual(lead.sheet_typology, "b2c")
