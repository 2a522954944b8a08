"""Installing on a big database rewrites nothing, whatever its language and its rights."""

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

#: As a French office leaves it: its own language alone, on a server where only the
#: administrator of PostgreSQL may add extensions.
FRENCH = """
    UPDATE res_partner SET lang = 'fr_FR' WHERE lang IS NOT NULL;
    UPDATE res_lang SET active = (code = 'fr_FR');
    DELETE FROM ir_default WHERE json_value = '"en_US"';
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

    def test_install_in_french_without_the_right_to_add_extensions(self):
        """C4: what the installation writes is French; one warning, and no error, in the log."""
        name = self.dependencies_database()
        self.rows(name, FRENCH)
        self.rows(name, f'REVOKE CREATE ON DATABASE "{name}" FROM PUBLIC, CURRENT_USER')
        lab.install(name)  # fails on an error in the log
        [[note]] = self.rows(name, "SELECT note FROM customer_sheet_catalogue_version")
        self.assertEqual(note, "Telle que livrée")
        extensions = self.rows(name, "SELECT 1 FROM pg_extension WHERE extname = 'fuzzystrmatch'")
        self.assertEqual(extensions, [])
        self.assertIn("fuzzystrmatch cannot be created", lab.install_log(name))

    def _state(self, name, table):
        with self.connect(name).cursor() as cursor:
            cursor.execute("SELECT relfilenode FROM pg_class WHERE relname = %s", [table])
            return cursor.fetchone(), catalogue.row_versions(cursor, table)
