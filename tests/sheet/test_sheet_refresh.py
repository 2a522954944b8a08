from odoo.tests import tagged
from odoo.tools import SQL

from ...models.sheet.catalogue import version as refresh
from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetRefresh(SheetCase):
    """Existing records get reference, typology and score in sets, and resumably."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        cls.partners = company | cls.env["res.partner"].create(
            [
                {"name": "Salma", "parent_id": company.id, "email": "salma@atlas-meca.ma"},
                {"name": "Ada", "company_name": "Nestor"},
                {"name": "xxx", "user_id": cls.rep.id},
                {"name": "Depot", "parent_id": company.id, "type": "delivery"},
            ]
        )
        cls.leads = cls.env["crm.lead"].create(
            [
                {"name": "A", "partner_id": company.id},
                {"name": "B", "partner_name": "Nestor", "contact_name": "N/A"},
                {"name": "C", "email_from": "c@nestor.fr", "stage_id": cls.qualified.id},
                {"name": "D", "active": False},
            ]
        )
        cls.env.flush_all()

    def forget(self, records):
        """Bring the rows to the state in which an installation finds them."""
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET sheet_reference = NULL, sheet_typology = NULL,"
                " sheet_completeness = NULL, sheet_missing = NULL WHERE id IN %s",
                SQL.identifier(records._table),
                records._ids,
            )
        )
        records.invalidate_recordset()

    def values(self, records):
        names = ["sheet_typology", "sheet_completeness", "sheet_missing"]
        return [tuple(record[name] for name in names) for record in records]

    def test_the_job_finds_what_the_editor_would_have_found(self):
        for records in (self.partners, self.leads):
            expected = self.values(records)
            numbered = [bool(record.sheet_reference) for record in records]
            dates = records.mapped("write_date")
            self.forget(records)
            records._sheet_refresh(0, 10**6)
            self.assertEqual(self.values(records), expected)
            self.assertEqual([bool(record.sheet_reference) for record in records], numbered)
            self.assertEqual(records.mapped("write_date"), dates)

    def test_a_second_run_rewrites_no_row(self):
        self.partners._sheet_refresh(0, 10**6)
        query = SQL("SELECT ctid::text, xmin::text FROM res_partner ORDER BY id")
        before = self.env.execute_query(query)
        self.partners._sheet_refresh(0, 10**6)
        self.assertEqual(self.env.execute_query(query), before)

    def test_the_cron_resumes_where_it_stopped_and_shows_its_progress(self):
        self.patch(refresh, "BATCH", 3)
        version = self.versions._publish()
        self.forget(self.leads)
        self.assertEqual(version.refresh_progress, 0)
        version._refresh_batch(*version._next_batch())
        self.assertGreater(version.lead_cursor, 0)
        self.assertLess(version.refresh_progress, 100)
        self.refresh()
        version.invalidate_recordset()
        self.assertEqual((version.lead_cursor, version.partner_cursor), (-1, -1))
        self.assertEqual(version.refresh_progress, 100)
        self.assertTrue(all(lead.sheet_reference for lead in self.leads))

    def test_existing_companies_get_a_main_contact(self):
        company, person = self.partners[:2]
        self.env.cr.execute(
            "UPDATE res_partner SET sheet_main_contact_id = NULL WHERE id = %s", [company.id]
        )
        company.invalidate_recordset()
        company._sheet_refresh(0, 10**6)
        self.assertEqual(company.sheet_main_contact_id, person)

    def test_archived_records_are_scored_too(self):
        archived = self.leads[3]
        self.forget(archived)
        self.refresh_all()
        self.assertIsNot(archived.sheet_completeness, False)

    def refresh_all(self):
        self.versions._request_refresh()
        self.refresh()
