"""How often registers are asked, by all processes and servers together."""

import threading
import time
from contextlib import suppress
from types import SimpleNamespace

from odoo.tests import TransactionCase, tagged

from ....models.collection.registers.answer import Silent
from . import samples, stand_in
from .samples import SIREN
from .stand_in import StandIn


@tagged("post_install", "-at_install")
class TestPace(TransactionCase):
    def setUp(self):
        super().setUp()
        self.server = StandIn(stand_in.france([samples.company()]))
        self.addCleanup(self.server.stop)
        self.register = self.env.ref("crm_customer_sheet.register_france")
        self.register.write({"state": "on", "base_url": self.server.url})
        self.env["customer.sheet.register.pace"].search([]).unlink()

    def turn(self, patience=0):
        return self.env["customer.sheet.register.pace"]._turn(self.register, 2, patience)

    def test_a_few_at_once_then_one_after_the_other(self):
        self.register.calls_per_second = 1
        with self.enter_registry_test_mode():
            self.assertEqual([self.turn(), self.turn()], [0, 0])
            with self.assertRaises(Silent) as caught:
                self.turn()
            self.assertEqual(caught.exception.reason, "busy")
            self.assertAlmostEqual(caught.exception.wait, 1, delta=0.5)
            self.assertAlmostEqual(self.turn(patience=5), 1, delta=0.5)
            self.assertAlmostEqual(self.turn(patience=5), 2, delta=0.5)

    def test_who_has_to_wait_is_told_before_anything_is_asked(self):
        self.register.calls_per_second = 0.01
        with self.enter_registry_test_mode():
            answers = [self.register._read(SIREN) for _each in range(4)]
        reasons = [getattr(answer, "reason", "") for answer in answers]
        self.assertEqual(reasons, ["", "", "", "busy"])
        self.assertIn("min", self.register._words(answers[-1]))
        self.assertEqual(len(self.server.requests), 3)

    def test_a_register_that_asks_to_wait_is_obeyed(self):
        self.server.status, self.server.headers = 429, {"Retry-After": "600"}
        with self.enter_registry_test_mode():
            first, second = self.register._read(SIREN), self.register._read(SIREN)
        self.assertEqual((first.reason, first.wait), ("asked_to_wait", 600))
        self.assertEqual(second.reason, "busy")
        self.assertAlmostEqual(second.wait, 600, delta=5)
        self.assertEqual(len(self.server.requests), 1)

    def test_it_is_obeyed_however_many_questions_may_come_at_once(self):
        self.register.calls_per_second = 0.1
        self.server.status, self.server.headers = 429, {"Retry-After": "15"}
        with self.enter_registry_test_mode():
            self.register._read(SIREN)
            second = self.register._read(SIREN)
        self.assertEqual(second.reason, "busy")
        self.assertAlmostEqual(second.wait, 15, delta=3)
        self.assertEqual(len(self.server.requests), 1)

    def test_how_it_went_is_noted(self):
        with self.enter_registry_test_mode():
            self.register._read(SIREN)
        self.assertTrue(self.register.last_success_at)
        self.assertFalse(self.register.last_failure_at)
        self.server.status = 502
        with self.enter_registry_test_mode():
            self.register._read(SIREN)
            self.register._read("nothing")  # not asked: no failure of the register
        self.assertTrue(self.register.last_failure_at)
        self.assertIn("out of order", self.register.last_failure)

    def test_nobody_waits_who_is_to_answer_in_time(self):
        """A person waits a second for the limit, a job as long as it likes."""
        self.register.calls_per_second = 0.5
        started = time.monotonic()
        with self.enter_registry_test_mode():
            reasons = [getattr(self.register._read(SIREN), "reason", "") for _each in range(4)]
        self.assertEqual(reasons, ["", "", "", "busy"])
        self.assertLess(time.monotonic() - started, 2)


@tagged("post_install", "-at_install")
class TestPaceTogether(TransactionCase):
    """Cursors of their own, as in several processes."""

    def setUp(self):
        super().setUp()
        self.register = self.env.ref("crm_customer_sheet.register_cbe")
        self.paces = self.env["customer.sheet.register.pace"]
        self.addCleanup(self.forget)

    def forget(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM customer_sheet_register_pace")

    def test_many_processes_count_together(self):
        """None is counted twice or lost."""
        slow = SimpleNamespace(id=self.register.id, calls_per_second=0.001)
        allowed, begin = [], threading.Barrier(8)

        def ask():
            begin.wait()
            for _each in range(3):
                with suppress(Silent):
                    allowed.append(self.paces._turn(slow, 10, 0))

        threads = [threading.Thread(target=ask) for _each in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(allowed, [0] * 10)

    def test_nobody_gets_in_the_way_of_who_changes_the_register(self):
        """Neither waits for the other, nor is a change refused because somebody looks up."""
        self.register.state = "on"
        self.env.flush_all()
        self.assertEqual(self.paces._turn(self.register, 3, 0), 0)
        self.paces._note(self.register, "slow")
        self.register.sequence = 7
        self.env.flush_all()
