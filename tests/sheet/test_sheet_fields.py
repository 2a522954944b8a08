from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged, users

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetFields(SheetCase):
    """C3: what is refused says which field is wrong and what to do."""

    def test_a_need_over_240_characters_is_refused_with_its_length(self):
        self.lead(sheet_need="x " * 120)
        with self.assertRaisesRegex(ValidationError, "“Need” has 241 characters"):
            self.lead(sheet_need="x" * 241)

    def test_budgets_are_positive_and_in_order(self):
        with self.assertRaisesRegex(ValidationError, "“Budget from” and “Budget to” cannot be neg"):
            self.lead(sheet_budget_min=-1)
        with self.assertRaisesRegex(ValidationError, "is above “Budget to”"):
            self.lead(sheet_budget_min=20, sheet_budget_max=10)
        self.assertTrue(self.lead(sheet_budget_min=20))
        self.assertTrue(self.lead(sheet_budget_min=10, sheet_budget_max=10))

    @freeze_time("2026-11-22")
    def test_a_person_cannot_set_a_deadline_in_the_past(self):
        with self.assertRaisesRegex(ValidationError, "“Deadline” .* is in the past"):
            self.lead(sheet_deadline="2026-11-21")
        self.assertTrue(self.lead(sheet_deadline="2026-11-22"))

    @freeze_time("2026-11-22")
    def test_a_deadline_that_has_passed_blocks_nothing_else(self):
        lead = self.lead(sheet_deadline="2026-11-23")
        with freeze_time("2026-12-24"):
            lead.sheet_need = "Audit"
            self.assertEqual(lead.sheet_need, "Audit")

    @freeze_time("2026-11-22")
    def test_an_import_and_automatic_flows_keep_a_past_deadline(self):
        leads = self.env["crm.lead"].with_user(self.rep)
        values = {"name": "Old", "sheet_deadline": "2025-01-01"}
        result = leads.load([*values], [[*values.values()]])
        self.assertTrue(leads.browse(result["ids"]).sheet_deadline)
        self.assertTrue(leads.sudo().create(values).sheet_deadline)
        with self.assertRaisesRegex(ValidationError, "in the past"):
            leads.with_context(import_file=True).create(values)

    def test_a_birth_date_is_not_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "“Date of birth” cannot be in the future"):
            self.env["res.partner"].create({"name": "Ada", "sheet_birthdate": "2999-01-01"})

    def test_our_share_is_a_percentage(self):
        with self.assertRaisesRegex(ValidationError, "“Our share \\(%\\)” goes from 0 to 100"):
            self.env["res.partner"].create({"name": "Ada", "sheet_potential_share": 101})

    def test_a_nace_code_is_checked_and_labelled(self):
        lead = self.lead(sheet_nace_code="25.62")
        self.assertEqual(lead.sheet_nace_label, "Machining")
        with self.assertRaisesRegex(ValidationError, "“99.99” in “NACE code”"):
            lead.sheet_nace_code = "99.99"

    def test_a_stakeholder_is_somebody(self):
        lead = self.lead()
        with self.assertRaisesRegex(ValidationError, "needs a contact or a name"):
            self.env["customer.sheet.stakeholder"].create({"lead_id": lead.id})

    def test_the_sector_is_proposed_from_the_industry(self):
        industry = self.env.ref("base.res_partner_industry_C")
        partner = self.env["res.partner"].create({"name": "Atlas", "industry_id": industry.id})
        self.assertEqual(partner.sheet_sector, "industry")
        partner.write({"sheet_sector": "saas"})
        partner.industry_id = self.env.ref("base.res_partner_industry_K")
        self.assertEqual(partner.sheet_sector, "saas", "a choice is never overwritten")

    def test_sectors_that_are_not_in_use_are_not_offered(self):
        self.env["res.config.settings"].create(
            {
                "sheet_sector_ids": [
                    (6, 0, self.env.ref("crm_customer_sheet.option_sector_saas").ids)
                ]
            }
        ).execute()
        offered = self.env["crm.lead"].fields_get(["sheet_sector"])["sheet_sector"]["selection"]
        self.assertEqual([code for code, _name in offered], ["saas"])
        leads = self.env["crm.lead"].with_context(sheet_page_view_ref="page")
        arch = leads.get_view(view_type="form")["arch"]
        self.assertIn("sheet_sector_saas", arch)
        self.assertNotIn("sheet_sector_industry", arch)
        lead = self.lead(partner_name="Atlas", sheet_sector="industry", stage_id=self.won.id)
        codes = {question.code for question in lead._sheet_plan().questions}
        self.assertNotIn("standards", codes)
        self.assertIn("stack", codes)

    def test_the_main_contact_is_proposed_and_can_be_changed(self):
        company = self.env["res.partner"].create({"name": "Atlas", "is_company": True})
        first, second = self.env["res.partner"].create(
            [
                {"name": "Ada", "parent_id": company.id, "email": "ada@atlas.ma"},
                {"name": "Bob", "parent_id": company.id},
            ]
        )
        self.assertEqual(company.sheet_main_contact_id, first)
        company.sheet_main_contact_id = second
        first.function = "Boss"
        self.assertEqual(company.sheet_main_contact_id, second)


@tagged("post_install", "-at_install")
class TestSheetNames(SheetCase):
    """A3: first and last name and the stock name always say the same."""

    def test_the_name_gives_its_parts(self):
        partner = self.env["res.partner"].create({"name": "Salma BENNANI"})
        self.assertEqual((partner.sheet_first_name, partner.sheet_last_name), ("Salma", "BENNANI"))

    def test_the_parts_give_the_name(self):
        partner = self.env["res.partner"].create(
            {"sheet_first_name": "Mohamed", "sheet_last_name": "El Amrani"}
        )
        self.assertEqual(partner.name, "Mohamed El Amrani")
        partner.sheet_first_name = "Ali"
        self.assertEqual(partner.name, "Ali El Amrani")
        self.assertEqual(partner.sheet_last_name, "El Amrani")

    def test_chosen_parts_survive_an_unrelated_change(self):
        partner = self.env["res.partner"].create(
            {"sheet_first_name": "Jean Marie", "sheet_last_name": "Le Pen"}
        )
        partner.phone = "+33142685300"
        self.assertEqual(partner.sheet_first_name, "Jean Marie")

    def test_a_company_has_no_first_name(self):
        company = self.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        self.assertFalse(company.sheet_first_name or company.sheet_last_name)

    @users("sheet_rep")
    def test_a_lead_works_the_same(self):
        lead = self.lead(contact_name="Salma Bennani")
        self.assertEqual((lead.sheet_first_name, lead.sheet_last_name), ("Salma", "Bennani"))
        lead.sheet_last_name = "Alaoui"
        self.assertEqual(lead.contact_name, "Salma Alaoui")

    def test_the_name_follows_the_typing(self):
        contacts = self.env["res.partner"].with_user(self.rep)
        with Form(contacts.with_context(sheet_page_view_ref="whole")) as form:
            form.name = "Salma Bennani"
            self.assertEqual(form.sheet_last_name, "Bennani")
            form.sheet_last_name = "Alaoui"
            self.assertEqual(form.name, "Salma Alaoui")
