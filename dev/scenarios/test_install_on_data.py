"""Installing on a big database rewrites nothing, whatever its language and its rights."""

from . import catalogue, scenario

CONTACTS = 20_000
LEADS = 10_000
FILL = f"""
    INSERT INTO res_partner (name, complete_name, email, phone, active, type, is_company,
                             color, create_date, write_date)
    SELECT 'Contact ' || n, 'Contact ' || n, 'contact' || n || '@example.com',
           '+336' || lpad(n::text, 8, '0'), true, 'contact', n % 3 = 0, 0, now(), now()
      FROM generate_series(1, {CONTACTS}) n;
    INSERT INTO crm_lead (name, type, active, email_from, probability,
                          create_date, write_date)
    SELECT 'Lead ' || n, 'opportunity', true,
           'lead' || n || '@example.com', 10, now(), now()
      FROM generate_series(1, {LEADS}) n;
"""

#: What somebody does who begins anew: neither stages nor teams are left.
BARE = "DELETE FROM crm_stage; DELETE FROM crm_team"

#: As a French office leaves it: its own language alone, on a server where only the
#: administrator of PostgreSQL may add extensions.
FRENCH = """
    UPDATE res_partner SET lang = 'fr_FR' WHERE lang IS NOT NULL;
    UPDATE res_lang SET active = (code = 'fr_FR');
    DELETE FROM ir_default WHERE json_value = '"en_US"';
"""


class TestInstallOnData(scenario.Scenario):
    def test_install_on_a_big_bare_french_database(self):
        name = self.dependencies_database()
        for sql in (
            BARE,
            FILL,
            FRENCH,
            f'REVOKE CREATE ON DATABASE "{name}" FROM PUBLIC, CURRENT_USER',
        ):
            self.rows(name, sql)
        before = {table: self._state(name, table) for table in ("res_partner", "crm_lead")}
        scenario.install(name)  # fails on an error in the log
        self._check_nothing_is_rewritten(name, before)
        self._check_words_are_french(name)
        self._check_the_missing_right_is_told(name)

    def _check_nothing_is_rewritten(self, name, before):
        for table, (file, versions) in before.items():
            new_file, new_versions = self._state(name, table)
            self.assertEqual(new_file, file, f"{table} was rewritten as a whole")
            changed = versions.items() - new_versions.items()
            self.assertEqual(sorted(changed)[:10], [], f"rows of {table} were rewritten")

    def _check_words_are_french(self, name):
        """C4: what the installation writes is in the only language."""
        [[note]] = self.rows(name, "SELECT note FROM customer_sheet_catalogue_version")
        self.assertEqual(note, "Telle que livrée")

    def _check_the_missing_right_is_told(self, name):
        """C4: by one warning, without an error before it."""
        extensions = self.rows(name, "SELECT 1 FROM pg_extension WHERE extname = 'fuzzystrmatch'")
        self.assertEqual(extensions, [])
        log = scenario.install_log(name)
        self.assertIn("fuzzystrmatch cannot be created", log)
        self.assertEqual(log.count(" WARNING "), 1, log)

    def _state(self, name, table):
        with self.connect(name).cursor() as cursor:
            cursor.execute("SELECT relfilenode FROM pg_class WHERE relname = %s", [table])
            return cursor.fetchone(), catalogue.row_versions(cursor, table)
