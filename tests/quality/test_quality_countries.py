from odoo.tests import new_test_user, tagged

from ...models.quality.checks.hosts import RESULTS
from .common import QualityCase

VALUES = {
    "phone": ("01 42 68 53 00", "06 12 34 56 78", "0661-234567", "02 203 20 00"),
    "company_registry": ("732 829 320 00074", "001561191000066"),
    "vat": ("40303265045",),
}


@tagged("post_install", "-at_install")
class TestQualityCountries(QualityCase):
    """F5: whoever saves or checks a contact, what its numbers are read as is the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies = {}
        cls.users = {}
        for country in (cls.france, cls.morocco, cls.belgium):
            company = cls.env["res.company"].create(
                {"name": country.code, "country_id": country.id}
            )
            cls.users[country] = new_test_user(
                cls.env,
                f"quality_{country.code.lower()}",
                groups="sales_team.group_sale_salesman_all_leads",
                company_id=company.id,
                company_ids=[(6, 0, company.ids)],
            )
            cls.companies[country] = company
        cls.env.company.country_id = cls.morocco

    def contacts(self):
        """Yield contacts of no country, of all companies, made by each user."""
        for country, user in self.users.items():
            for name, values in VALUES.items():
                for value in values:
                    made = {"country_id": False, "company_id": False, name: value}
                    yield country, self.contact(user=user, **made)

    def results(self, record):
        self.env.flush_all()
        record.invalidate_recordset()
        return {name: record.sudo()[name] or False for name in RESULTS}

    def test_f5_the_nightly_check_says_what_saving_said(self):
        for _country, contact in self.contacts():
            saved = self.results(contact)
            for checker in (self.env.user, *self.users.values()):
                records = self.env["res.partner"].with_user(checker).sudo()
                records._sheet_check(contact.ids)
                self.assertEqual(self.results(contact), saved, checker.login)

    def test_f5_saving_by_a_colleague_changes_nothing(self):
        for country, contact in self.contacts():
            saved = self.results(contact)
            for user in self.users.values():
                contact.with_user(user).write({"phone": contact.phone, "comment": user.login})
                contact.env.add_to_compute(contact._fields["sheet_status"], contact)
                self.assertEqual(self.results(contact), saved, (country.code, user.login))

    def test_f5_a_number_is_read_as_one_of_the_creator_s_country(self):
        valid = self.contact(user=self.users[self.france], country_id=False, phone="0142685300")
        self.assertStatus(valid, "phone", "valid")
        other = self.contact(user=self.users[self.morocco], country_id=False, phone="0142685300")
        self.assertNotEqual(other.sudo().sheet_phone_status, "valid")

    def test_f5_a_lead_of_a_company_is_read_as_its_company_s(self):
        lead = self.lead(
            user=self.users[self.france], country_id=False, phone="0142685300",
            company_id=self.companies[self.france].id,
        )  # fmt: skip
        saved = self.results(lead)
        self.assertEqual(saved["sheet_phone_status"], "valid")
        self.env["crm.lead"]._sheet_check(lead.ids)
        self.assertEqual(self.results(lead), saved)
