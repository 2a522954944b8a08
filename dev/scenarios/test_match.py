"""Two people save the same customer at the same instant: neither waits, one pair is queued."""

from . import scenario

CUSTOMER = {"name": "Salma Bennani", "email": "salma.bennani@gmail.com", "phone": "+33612345678"}
RUN_JOB = "env['customer.sheet.duplicate']._cron_match(); env.cr.commit()"
PAIRS = (
    "SELECT count(*) FROM customer_sheet_duplicate d"
    " JOIN res_partner p ON p.id IN (d.partner1_id, d.partner2_id)"
    " WHERE p.email = 'salma.bennani@gmail.com'"
)

INTERLEAVED = """
from odoo import api

def work(cursor):
    return api.Environment(cursor, 1, {})

def run_job():
    with env.registry.cursor() as cursor:
        work(cursor)["customer.sheet.duplicate"]._cron_match()
        cursor.commit()

with env.registry.cursor() as late:
    work(late)["res.partner"].create(customer)
    late.flush()
    with env.registry.cursor() as early:
        work(early)["res.partner"].create(customer)
        early.commit()
    run_job()
    late.commit()
run_job()
"""


class TestMatch(scenario.Scenario):
    def test_simultaneous_creations_are_paired_by_the_job(self):
        name = self.database()
        server = self.server(name, workers=4)
        clients = [server.client() for _number in range(4)]
        created = scenario.parallel(
            *(lambda client=client: client.call("res.partner", "create", [CUSTOMER])
              for client in clients)
        )  # fmt: skip
        self.assertTrue(all(isinstance(each, list) for each in created), created)
        marks = self.rows(name, "SELECT count(*) FROM customer_sheet_match_dirty")[0][0]
        self.assertGreaterEqual(marks, 4)
        scenario.parallel(*(lambda: scenario.shell(name, RUN_JOB) for _number in range(2)))
        scenario.shell(name, RUN_JOB)
        self.assertEqual(
            self.rows(name, "SELECT count(*) FROM customer_sheet_match_dirty")[0][0], 0
        )
        # each of the six pairs of four records is there, half of the sides each
        self.assertEqual(self.rows(name, PAIRS)[0][0], 12)

    def test_a_mark_committed_late_is_not_lost(self):
        """The job has run before the first of two transactions is committed."""
        name = self.database()
        scenario.shell(name, f"customer = {CUSTOMER!r}\n{INTERLEAVED}")
        self.assertEqual(self.rows(name, PAIRS)[0][0], 2)
