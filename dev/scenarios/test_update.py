"""`-u crm_customer_sheet` on a database in use."""

from . import catalogue, scenario
from .test_consent_ledger import PEOPLE, REFUSED, VERIFY
from .test_merge import CONTACTS, MERGE, ROWS, UNDO, found_by

HOSTS = {"res_partner", "crm_lead", "crm_stage", "res_company"}
WORK = """
partner = env["res.partner"].create({"name": "Salma Bennani", "email": "salma@example.com"})
env["crm.lead"].create({"name": "A fleet of vans", "partner_id": partner.id})
question = env.ref("crm_customer_sheet.question_email")
question.write({"name": "Best e-mail", "weight": 9})
env.ref("crm_customer_sheet.question_name").active = False
env["customer.sheet.option"].search([], limit=1).name = "Our own word"
env.cr.commit()
"""
#: Before the data were checked, consents asked for and duplicates looked for: no question had a
#: status field or was about consent, there was no secret, nobody had compared two records.
FIRST_VERSION = """
env["res.partner"].create([{"name": "Salma Bennani", "email": "salma@bennani.ma"}] * 2)
env["customer.sheet.question"].search([("code", "!=", "vat")]).status_field = False
env.cr.execute("DELETE FROM customer_sheet_question WHERE code = 'prospecting_consent'")
env.cr.execute("DELETE FROM ir_model_data WHERE name = 'question_prospecting_consent'")
env.cr.execute("DELETE FROM customer_sheet_catalogue_version")
env.registry.clear_all_caches()
env["customer.sheet.catalogue.version"]._publish()
env["customer.sheet.quality.run"].search([]).unlink()
parameters = env["ir.config_parameter"]
parameters.search([("key", "=", "crm_customer_sheet.consent_pepper")]).unlink()
parameters.search([("key", "like", "match_filled")]).unlink()
env.cr.commit()
env.cr.execute("TRUNCATE customer_sheet_match_key, customer_sheet_match_profile,"
               " customer_sheet_match_dirty, customer_sheet_duplicate")
env["ir.module.module"].search([("name", "=", "crm_customer_sheet")]).latest_version = "19.0.1.0.0"
env.cr.commit()
"""
#: When a profile had empty texts where nothing is known, and first letters as a text.
EMPTY_TEXTS = """
env["res.partner"].create([
    {"name": "Salma Bennani", "email": "salma@bennani.ma"}, {"name": "Omar Tazi", "zip": "75001"},
    {"name": "Atlas Bois", "is_company": True, "city": "Paris"},
])
env["res.partner"]._sheet_match_flush()
env.cr.commit()
env.cr.execute("ALTER TABLE customer_sheet_match_profile ADD COLUMN initials varchar")
env.cr.execute("CREATE TABLE profiles_of_before AS SELECT * FROM customer_sheet_match_profile")
texts = ["name", "firm", "email", "mailbox", "domain", "zip", "city", "street", "birth"]
env.cr.execute("UPDATE customer_sheet_match_profile SET phones = COALESCE(phones, '{}'), initials ="
    " COALESCE((SELECT string_agg(left(w, 1), '') FROM unnest(string_to_array(name, ' ')) w), ''),"
    " first_letters = NULL, " + ", ".join(f"{text} = COALESCE({text}, '')" for text in texts))
env["ir.module.module"].search([("name", "=", "crm_customer_sheet")]).latest_version = "19.0.1.4.0"
env.cr.commit()
"""
LATEST = """
snapshot = env["customer.sheet.catalogue.version"]._current().snapshot
status = {entry["code"]: entry["status_field"] for entry in snapshot}
print("the last catalogue names the status:", status["email"])
print("an own status field stays:", status["vat"])
print("asked for consent:", "prospecting_consent" in status)
print("secret:", bool(env["ir.config_parameter"].get_param("crm_customer_sheet.consent_pepper")))
"""


class TestUpdate(scenario.Scenario):
    def test_update_changes_no_row_of_ours(self):
        """The ledger of consents stays closed, and what was merged before can be undone (D2)."""
        name = self.database()
        merged = found_by(name, WORK, PEOPLE, CONTACTS, ROWS, "found['rows'] = rows()", MERGE)
        before = self._fingerprints(name)
        scenario.update(name)
        self.assertEqual(self._fingerprints(name), before)
        with self.assertRaisesRegex(Exception, "evidence"):
            self.rows(name, REFUSED)
        self._check_undone(name, merged)

    def _check_undone(self, name, merged):
        recall = (
            f"found['records'] = {merged['records']!r}\n"
            f"merge = env['customer.sheet.merge'].browse({merged['merge']})\n"
            "before = sums()\n"
        )
        found = found_by(name, recall, ROWS, VERIFY, UNDO, "found['rows'] = rows()")
        self.assertEqual(found["rows"], merged["rows"])
        self.assertIn("res_partner", found["different"], "the update alone changes nothing here")
        self.assertEqual((found["findings"], found["differences"]), ([], []))

    def _fingerprints(self, name):
        with self.connect(name).cursor() as cursor:
            ours = [table for table in catalogue.tables(cursor) if "customer_sheet" in table]
            tables = sorted({*ours, *HOSTS})
            return {table: catalogue.fingerprint(cursor, table) for table in tables}

    def test_a_database_of_the_first_version_gets_what_came_since(self):
        name = self.database()
        scenario.shell(name, FIRST_VERSION)
        scenario.update(name)
        status = "SELECT status_field FROM customer_sheet_question WHERE code = 'email'"
        self.assertEqual(self.rows(name, status), [("sheet_email_status",)])
        runs = "SELECT host FROM customer_sheet_quality_run ORDER BY host"
        self.assertEqual(self.rows(name, runs), [("crm.lead",), ("res.partner",)])
        pairs = "SELECT count(*) FROM customer_sheet_duplicate WHERE kind = 'duplicate'"
        self.assertEqual(self.rows(name, pairs), [(1,)])
        found = scenario.shell(name, LATEST)
        self.assertIn("the last catalogue names the status: sheet_email_status", found)
        self.assertIn("an own status field stays: sheet_vat_status", found)
        self.assertIn("asked for consent: True", found)
        self.assertIn("secret: True", found)

    def test_profiles_of_before_are_compared_as_new_ones(self):
        name = self.database()
        scenario.shell(name, EMPTY_TEXTS)
        scenario.update(name)
        columns = "node, first_letters, name, firm, email, mailbox, domain, zip, city, phones"
        before = f"SELECT {columns} FROM profiles_of_before ORDER BY node"
        after = f"SELECT {columns} FROM customer_sheet_match_profile ORDER BY node"
        self.assertEqual(self.rows(name, after), self.rows(name, before))
        self.assertGreaterEqual(len(self.rows(name, after)), 3)
