"""M5: jobs that read what has just been filled do so with statistics of it."""

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...models.sheet.statistics import BULK, refresh_statistics

KEYS = "customer_sheet_match_key"


class StatisticsCase(TransactionCase):
    def rows_believed(self, table):
        self.env.cr.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return self.env.cr.fetchone()[0]

    def rows_of(self, table):
        self.env.cr.execute(SQL("SELECT count(*) FROM %s", SQL.identifier(table)))
        return self.env.cr.fetchone()[0]

    def assert_known(self, table):
        """Assert that PostgreSQL knows about how many rows a table has."""
        rows = self.rows_of(table)
        self.assertAlmostEqual(self.rows_believed(table), rows, delta=0.3 * rows, msg=table)

    def import_contacts(self, count):
        """Make contacts and their keys; nobody has looked at the tables since."""
        self.env["res.partner"]._sheet_match_flush()
        self.env.cr.execute("DELETE FROM customer_sheet_match_dirty")
        self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(KEYS)))
        values = [
            {"name": f"Ada {chr(97 + n % 26)}{n}", "zip": "75001", "email": f"ada{n}@free.fr"}
            for n in range(count)
        ]
        contacts = self.env["res.partner"].create(values)
        self.env["res.partner"]._sheet_match_flush()
        return contacts


@tagged("post_install", "-at_install")
class TestFreshStatistics(StatisticsCase):
    def test_a_table_that_has_grown_is_analysed(self):
        refresh_statistics(self.env)
        self.import_contacts(300)
        self.assertIn(KEYS, refresh_statistics(self.env))
        self.assert_known(KEYS)

    def test_a_few_records_are_not_worth_a_look(self):
        self.import_contacts(300)
        with self.assertQueryCount(0):
            self.assertEqual(refresh_statistics(self.env, count=BULK - 1), [])

    def test_only_what_is_read_is_looked_at(self):
        self.import_contacts(300)
        self.assertEqual(refresh_statistics(self.env, KEYS), [KEYS])

    def test_where_nothing_has_changed_a_look_is_all(self):
        refresh_statistics(self.env, "crm_stage")
        with self.assertQueryCount(1):
            self.assertEqual(refresh_statistics(self.env, "crm_stage"), [])


@tagged("post_install", "-at_install")
class TestStatisticsOfJobs(StatisticsCase):
    def read_again_and_again(self, query):
        """Return the tables that the plan of a query reads whole for each row of another."""
        self.env.cr.execute(SQL("EXPLAIN (FORMAT JSON) %s", query))
        [[explained]] = self.env.cr.fetchall()
        return set(self.inner_scans(explained[0]["Plan"], False))

    def inner_scans(self, node, repeated):
        if repeated and node["Node Type"] == "Seq Scan":
            yield node["Relation Name"]
        for child in node.get("Plans", ()):
            inner = child["Parent Relationship"] == "Inner"
            again = repeated or (inner and node["Node Type"] == "Nested Loop")
            yield from self.inner_scans(child, again and child["Node Type"] != "Hash")

    def test_the_matching_of_an_import_reads_no_table_again_and_again(self):
        contacts = self.import_contacts(400)
        pairs = self.env["customer.sheet.duplicate"]
        self.assertTrue(pairs._match_dirty())
        for table in (KEYS, "customer_sheet_match_profile"):
            self.assert_known(table)
        query = pairs._sql_candidates(pairs._sql_pairs_of(contacts.ids))
        self.assertFalse(self.read_again_and_again(query))

    def test_the_rebuild_knows_what_it_reads(self):
        self.import_contacts(400)
        self.env["customer.sheet.duplicate"]._rebuild()
        for table in (KEYS, "customer_sheet_match_profile"):
            self.assert_known(table)

    def test_what_works_on_sets_looks_first(self):
        """1,000 new leads were recomputed in ten minutes instead of a second."""
        leads = self.env["crm.lead"]
        works = {
            "refresh": lambda: leads._sheet_refresh(0, BULK),
            "check": lambda: leads._sheet_check(list(range(1, BULK + 1))),
            "scores": lambda: leads._sheet_rescore_leads(list(range(1, BULK + 1))),
        }
        for name, work in works.items():
            with self.subTest(name):
                self.env.cr.execute("DELETE FROM customer_sheet_match_dirty")
                self.env.cr.execute("ANALYZE customer_sheet_match_dirty")
                self.env.cr.execute(
                    "INSERT INTO customer_sheet_match_dirty (node)"
                    " SELECT 1 FROM generate_series(1, 20000)"
                )
                work()
                self.assertGreaterEqual(self.rows_believed("customer_sheet_match_dirty"), 15000)

    def test_each_of_our_jobs_starts_with_a_look(self):
        crons = self.env["ir.cron"].with_context(active_test=False).search([])
        ours = crons.filtered(lambda cron: cron._sheet_is_ours())
        names = set(ours.get_external_id().values())
        self.assertTrue(all(name.startswith("crm_customer_sheet.") for name in names))
        self.assertIn("crm_customer_sheet.ir_cron_sheet_match", names)
        others = (crons - ours).get_external_id().values()
        self.assertFalse([name for name in others if name.startswith("crm_customer_sheet.")])
