from odoo.tests import tagged, warmup

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetQueries(SheetCase):
    """Sheets cost a bounded number of queries, whatever the size of the batch."""

    def create_leads(self, count):
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {n}", "email_from": f"c{n}@nestor.fr"} for n in range(count)]
        )
        self.env.flush_all()
        return leads

    def queries(self, call):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_a_bigger_batch_costs_no_more_queries_of_ours(self):
        self.create_leads(1)
        compute = type(self.env["crm.lead"])._compute_sheet_completeness
        counts = {}
        for size in (10, 200):
            leads = self.create_leads(size)
            counts[size] = self.queries(lambda leads=leads: compute(leads))
        # one UPDATE at most per Odoo batch of 1000 rows, and no query to compute
        self.assertEqual(counts[10], counts[200])

    @warmup
    def test_computing_new_leads_needs_no_query(self):
        leads = self.create_leads(50)
        with self.assertQueryCount(0):
            leads._sheet_answer_states()

    @warmup
    def test_scores_of_saved_leads_are_read_in_two_queries(self):
        leads = self.create_leads(50)
        leads.invalidate_recordset()
        with self.assertQueryCount(2):  # one for the rows, one for all lists of values
            leads._sheet_answer_states()

    @warmup
    def test_a_change_outside_the_catalogue_computes_nothing(self):
        leads = self.create_leads(50)
        leads.color = 3
        self.assertFalse(self.env.transaction.tocompute.get(leads._fields["sheet_completeness"]))
