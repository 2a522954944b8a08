"""Installing on a big database does not rewrite it."""

from . import catalogue, lab

CONTACTS = 20_000
LEADS = 10_000
FILL = f"""
    INSERT INTO res_partner (name, complete_name, email, phone, active, type, is_company,
                             color, create_date, write_date)
    SELECT 'Contact ' || n, 'Contact ' || n, 'contact' || n || '@example.com',
           '+336' || lpad(n::text, 8, '0'), true, 'contact', n % 3 = 0, 0, now(), now()
      FROM generate_series(1, {CONTACTS}) n;
    INSERT INTO crm_lead (name, type, active, stage_id, email_from, probability,
                          create_date, write_date)
    SELECT 'Lead ' || n, 'opportunity', true, (SELECT min(id) FROM crm_stage),
           'lead' || n || '@example.com', 10, now(), now()
      FROM generate_series(1, {LEADS}) n;
"""


class TestInstallOnData(lab.Scenario):
    def test_install_rewrites_no_contact_and_no_lead(self):
        name = self.dependencies_database()
        self.rows(name, FILL)
        before = {table: self._state(name, table) for table in ("res_partner", "crm_lead")}
        lab.install(name)
        for table, (file, versions) in before.items():
            new_file, new_versions = self._state(name, table)
            self.assertEqual(new_file, file, f"{table} was rewritten as a whole")
            changed = versions.items() - new_versions.items()
            self.assertEqual(sorted(changed)[:10], [], f"rows of {table} were rewritten")

    def _state(self, name, table):
        with self.connect(name).cursor() as cursor:
            cursor.execute("SELECT relfilenode FROM pg_class WHERE relname = %s", [table])
            return cursor.fetchone(), catalogue.row_versions(cursor, table)
