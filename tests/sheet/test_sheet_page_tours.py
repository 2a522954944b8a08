from odoo.fields import Command
from odoo.tests import tagged

from ..people import person
from ..tours import TourCase


@tagged("post_install", "-at_install")
class TestSheetPageTours(TourCase):
    """What a salesperson does with the customer sheet, from end to end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep = person(cls.env, "keeper", name="Page Rep")
        cls.env["crm.lead"].search([]).active = False
        cls.headcount = cls.env.ref("crm_customer_sheet.option_headcount_100_249")

    def lead(self, name, **values):
        """Create an opportunity of the rep."""
        values = {"type": "opportunity", "user_id": self.rep.id, **values}
        return self.env["crm.lead"].create({"name": name, **values})

    def test_a_sheet_is_filled_on_desktop(self):
        self.fill_sheet()

    def test_a_sheet_is_filled_on_phone(self):
        self.on_phone()
        self.fill_sheet()

    def fill_sheet(self):
        lead = self.lead("Request", stage_id=self.env.ref("crm.stage_lead2").id)
        before = lead.sheet_completeness
        self.tour("page", f"/odoo/crm/{lead.id}")
        self.assertRecordValues(
            lead,
            [
                {
                    "sheet_typology": "b2b",
                    "sheet_sector": "industry",
                    "sheet_nace_code": "25.62",
                    "sheet_need": "Audit of the HVAC line before the summer",
                    "sheet_budget_min": 10000,
                    "sheet_budget_max": 25000,
                    "sheet_decision_maker": "Nora Haddad",
                }
            ],
        )
        self.assertEqual(lead.sheet_segment_id.name, "Start-up")
        self.assertEqual(lead.sheet_deadline.isoformat(), "2099-12-24")
        self.assertEqual(lead.sheet_stakeholder_ids.mapped("role"), ["champion"])
        self.assertGreater(lead.sheet_completeness, before)

    def test_what_is_wrong_is_refused_in_plain_words(self):
        lead = self.lead("Request")
        self.tour("refusal", f"/odoo/crm/{lead.id}")
        self.assertEqual(lead.sheet_deadline.isoformat(), "2099-12-24")
        self.assertEqual(lead.sheet_need, "Audit of the HVAC line")

    def test_a_converted_lead_leaves_each_answer_in_its_place(self):
        self.rep.group_ids += self.env.ref("crm.group_use_lead")
        lead = self.lead(
            "Request",
            type="lead",
            contact_name="Salma Bennani",
            partner_name="Atlas Meca",
            email_from="s.bennani@atlas-meca.ma",
            sheet_headcount_id=self.headcount.id,
            sheet_civility_id=self.env.ref("crm_customer_sheet.option_civility_mrs").id,
        )
        self.tour("convert", f"/odoo/crm/{lead.id}")
        self.assertEqual(lead.partner_id.parent_id.sheet_headcount_id, self.headcount)

    def test_merged_leads_keep_the_answers_of_both(self):
        def people(name):
            return [Command.create({"name": name})]

        self.lead(
            "First",
            sheet_need="Audit of the HVAC line",
            sheet_stakeholder_ids=people("Bob Martin"),
        )
        self.lead(
            "Second",
            sheet_decision_maker="Nora Haddad",
            sheet_stakeholder_ids=people("Ada Leroy"),
        )
        self.tour("merge")
        self.assertEqual(self.env["crm.lead"].search_count([("user_id", "=", self.rep.id)]), 1)

    def test_gaps_are_filled_by_keyboard_alone(self):
        stage = self.env.ref("crm.stage_lead2")
        leads = self.lead("First", stage_id=stage.id) | self.lead("Second", stage_id=stage.id)
        self.tour("fill")
        self.assertCountEqual(leads.mapped("phone"), ["+33 1 42 68 53 00", "+33 1 42 68 53 01"])
        self.assertFalse([lead for lead in leads if "phone" in (lead.sheet_missing or [])])
