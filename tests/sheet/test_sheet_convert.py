from odoo.fields import Command
from odoo.tests import tagged

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetConvert(SheetCase):
    """A lead becomes contacts, or is merged, and no answer is lost or overwritten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        options = cls.env["customer.sheet.option"]
        cls.headcount, cls.iso, cls.erp, cls.mister = options.create(
            [
                {"kind": kind, "code": f"t_{kind}", "name": f"T {kind}"}
                for kind in ("headcount", "standard", "process", "civility")
            ]
        )
        cls.question("t_size", lead=["sheet_headcount_id"], level="company")
        cls.question("t_norm", lead=["sheet_standard_ids"], level="company")
        cls.question("t_civility", lead=["sheet_civility_id"], level="person")
        cls.question("t_vat", lead=["sheet_vat"], level="company")
        cls.versions._publish()
        cls.answers = {
            "partner_name": "Atlas Meca",
            "contact_name": "Salma Bennani",
            "email_from": "s.bennani@atlas-meca.ma",
            "sheet_headcount_id": cls.headcount.id,
            "sheet_standard_ids": [Command.set(cls.iso.ids)],
            "sheet_civility_id": cls.mister.id,
            "sheet_source_id": cls.source.id,
            "sheet_vat": "FR40303265045",
        }

    def convert(self, lead, **values):
        wizard = self.env["crm.lead2opportunity.partner"].with_user(self.rep)
        wizard = wizard.with_context(
            active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
        )
        wizard.create({"name": "convert", "action": "create", **values}).action_apply()

    def test_each_answer_goes_to_the_company_or_to_the_person(self):
        lead = self.lead(**self.answers)
        self.convert(lead)
        person = lead.partner_id
        company = person.parent_id
        self.assertEqual(company.name, "Atlas Meca")
        self.assertEqual(company.sheet_headcount_id, self.headcount)
        self.assertEqual(company.sheet_standard_ids, self.iso)
        self.assertEqual(company.vat, "FR40303265045")
        self.assertFalse(company.sheet_civility_id)
        self.assertEqual(person.sheet_civility_id, self.mister)
        self.assertFalse(person.sheet_headcount_id)
        self.assertEqual(person.sheet_source_id, self.source)

    def test_an_existing_contact_is_completed_and_never_overwritten(self):
        other = self.headcount.copy({"code": "t_other"})
        company = self.env["res.partner"].create(
            {"name": "Atlas Meca", "is_company": True, "sheet_headcount_id": other.id}
        )
        lead = self.lead(**self.answers)
        self.convert(lead, action="exist", partner_id=company.id)
        self.assertEqual(company.sheet_headcount_id, other)
        self.assertEqual(company.sheet_standard_ids, self.iso)

    def test_what_the_contact_already_told_is_not_asked_again(self):
        company = self.env["res.partner"].create(
            {"name": "Atlas", "is_company": True, "sheet_headcount_id": self.headcount.id}
        )
        self.assertEqual(self.lead(partner_id=company.id).sheet_headcount_id, self.headcount)

    def test_origin_and_evidence_travel_with_the_answer(self):
        lead = self.lead(**self.answers)
        size = self.questions.search([("code", "=", "t_size")])
        lead._sheet_answer_set(size, "confirmed", evidence="Annual report", origin="third")
        company = self.env["res.partner"].create({"name": "Atlas", "is_company": True})
        lead.partner_id = company
        copied = company._sheet_answers("t_size")
        self.assertEqual((copied.evidence, copied.origin), ("Annual report", "third"))
        self.assertTrue(lead._sheet_answers("t_size"))

    def test_merging_leads_keeps_the_best_known_answers(self):
        first = self.lead(contact_name="Ada", sheet_need="xxx", type="opportunity")
        second = self.lead(
            contact_name="Ada",
            type="opportunity",
            sheet_need="Audit of the HVAC line",
            sheet_budget_max=25000,
            sheet_standard_ids=[Command.set(self.iso.ids)],
            sheet_stakeholder_ids=[Command.create({"name": "Bob", "role": "champion"})],
        )
        third = self.lead(contact_name="Ada", type="opportunity", sheet_source_id=self.source.id)
        kept = (first | second | third).with_user(self.manager).merge_opportunity()
        self.assertEqual(len((first | second | third).exists()), 1)
        self.assertEqual(kept.sheet_need, "Audit of the HVAC line")
        self.assertEqual(kept.sheet_budget_max, 25000)
        self.assertEqual(kept.sheet_standard_ids, self.iso)
        self.assertEqual(kept.sheet_stakeholder_ids.name, "Bob")
        self.assertEqual(kept.sheet_source_id, self.source)
        self.assertTrue(kept.sheet_reference)

    def test_merging_leads_never_mixes_two_names(self):
        first = self.lead(contact_name="Salma Bennani", type="opportunity")
        second = self.lead(contact_name="Prince", type="opportunity")
        kept = (first | second).with_user(self.manager).merge_opportunity()
        parts = kept.sheet_first_name, kept.sheet_last_name
        self.assertIn(
            (kept.contact_name, *parts),
            [
                ("Salma Bennani", "Salma", "Bennani"),
                ("Prince", "", "Prince"),
                ("Prince", False, "Prince"),
            ],
        )

    def test_a_person_sees_the_answers_of_the_company(self):
        self.question("t_c", partner=["sheet_headcount_id"], level="company")
        self.versions._publish()
        company = self.env["res.partner"].create(
            {"name": "Atlas", "is_company": True, "sheet_headcount_id": self.headcount.id}
        )
        person = self.env["res.partner"].create({"name": "Ada", "parent_id": company.id})
        seen = person.with_user(self.rep).sheet_company_answers()
        self.assertEqual(seen["company"], [company.id, "Atlas"])
        self.assertIn({"label": "T_c", "value": "T headcount"}, seen["answers"])
        self.assertFalse(company.with_user(self.rep).sheet_company_answers())
