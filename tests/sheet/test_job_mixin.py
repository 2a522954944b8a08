from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ...models.quality.runs import run as quality

MIXIN = "customer.sheet.job.mixin"


@tagged("post_install", "-at_install")
class TestJobMixin(TransactionCase):
    """Jobs in the background are alike: they resume, stop, fail alone and say how far they are."""

    def setUp(self):
        super().setUp()
        self.patch(quality, "BATCH", 2)
        self.runs = self.env["customer.sheet.quality.run"]
        self.runs.search([("state", "=", "running")])._stop()
        self.contacts = self.env["res.partner"].create([{"name": f"A{n}"} for n in range(5)])

    def job(self):
        return self.runs._start("res.partner", "selection", self.contacts.ids)

    def told(self, seconds):
        """Run the scheduled action; return what is left after each batch."""
        told = []

        def commit(self, processed=0, remaining=None):
            if remaining is not None:
                told.append((processed, remaining))
            return seconds

        with patch.object(self.registry["ir.cron"], "_commit_progress", commit):
            self.runs._cron_check()
        return told

    def test_every_model_of_jobs_has_what_the_loop_needs(self):
        jobs = self.registry[MIXIN]
        models = [name for name in self.env if issubclass(self.registry[name], jobs)]
        models.remove(MIXIN)
        self.assertEqual(len(models), 8, models)
        for model in map(self.env.__getitem__, models):
            states = dict(model._job_states())
            with self.subTest(model=model._name):
                self.assertIn("running", states)
                self.assertLessEqual(model._job_complete, states.keys())
                self.assertLessEqual({"total", "done", "progress", "ended_on"}, {*model._fields})

    def test_a_job_resumes_where_it_stopped(self):
        job = self.job()
        self.assertEqual(self.told(seconds=0), [(2, 3)])
        self.assertEqual((job.state, job.done, job.progress), ("running", 2, 40))
        self.assertEqual(self.told(seconds=9), [(2, 1), (1, 1), (0, 0)])
        self.assertEqual((job.state, job.done, job.progress), ("done", 5, 100))
        self.assertTrue(job.ended_on)

    def test_the_job_says_that_others_wait(self):
        """Else they would wait for the next day."""
        first, second = self.job(), self.job()
        self.assertEqual(self.told(seconds=0), [(2, 4)])
        first._end()
        self.assertEqual(self.told(seconds=0), [(2, 3)])
        self.assertEqual((first.done, second.done), (2, 2))

    def test_a_cancelled_job_is_not_gone_on_with(self):
        job = self.job()
        self.told(seconds=0)
        self.assertEqual(job._stop(), job)
        self.assertEqual(self.told(seconds=9), [(0, 0)])
        self.assertEqual((job.state, job.done, job.progress), ("stopped", 2, 40))
        self.assertFalse(job._stop(), "there is nothing left to stop")

    def test_a_job_that_fails_says_why_and_the_next_one_goes_on(self):
        first, second = self.job(), self.job()
        advance = type(first)._advance

        def broken(job):
            if job == first:
                raise ValueError("No more\nreally")
            return advance(job)

        with (
            patch.object(type(first), "_advance", broken),
            patch.object(self.env.cr, "rollback"),
            self.assertLogs("odoo.addons.crm_customer_sheet.models.sheet", "ERROR"),
        ):
            self.told(seconds=9)
        self.assertEqual((first.state, second.state), ("failed", "done"))
        self.assertIn("No more", first.failure)
        self.assertNotIn("really", first.failure)
