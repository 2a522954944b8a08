"""Our tests in the runner that every Odoo company has: `odoo server --test-tags`."""

import re

from .. import database, paths, postgres
from . import scenario

#: A plain class, one on a database, one with a browser.
CLASSES = ("TestSurvivorship", "TestSheetFields", "TestDeskTour")
RAN = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


class TestOdooRunner(scenario.Scenario):
    def test_a_class_of_each_kind_passes(self):
        """R1: Odoo's runner asks a test for what only Odoo's own base classes know."""
        name = self.database(database.tests_template(scenario.bench()))
        tags = ",".join(f"/{paths.MODULE}:{each}" for each in CLASSES)
        options = [f"--test-tags={tags}", "--stop-after-init"]
        log = paths.folder("logs", "scenarios") / f"{name}-runner.log"
        command = scenario.bench().odoo("server", "-d", name, *options)
        port = f"--http-port={postgres.free_port()}"
        scenario.bench().run("Running tests in Odoo's own runner", [*command, port], log)
        failed, errors, total = RAN.search(log.read_text(encoding="utf-8")).groups()
        self.assertEqual((failed, errors), ("0", "0"))
        self.assertGreater(int(total), 15)
