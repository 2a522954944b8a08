"""Run Odoo's own lint tests on this module alone. A script for Odoo's Python.

Usage: odoo_tests.py <Odoo's options> ; prints a line for each finding.
Left out: TestESLint (for an older eslint; `eslint.config.mjs` holds its rules),
L10nLinter (for l10n_* modules), TestConflictMarkers (reads all of Odoo; here every
parser fails on a marker) and the tests of the linters themselves.
"""

import importlib
import logging
import sys
from contextlib import contextmanager
from unittest.mock import patch

sys.path.pop(0)  # this folder: not meant to be importable

from odoo.modules import Manifest  # noqa: E402
from odoo.modules.registry import Registry  # noqa: E402
from odoo.tests.common import get_db_name  # noqa: E402
from odoo.tests.loader import get_module_test_cases  # noqa: E402
from odoo.tests.result import OdooTestResult  # noqa: E402
from odoo.tests.suite import OdooSuite  # noqa: E402
from odoo.tools import config  # noqa: E402

from odoo.addons.test_lint.tests import test_docstring  # noqa: E402

MODULE = "crm_customer_sheet"
TESTS = (
    "docstring dunderinit i18n index jstranslate manifests naming"
    " onchange_domains orm_import override_signatures pofile pylint routes test_holes"
).split()


class Findings(OdooTestResult):
    """Prints every failure, and every complaint that a test only logs."""

    count = 0

    def show(self, name, text):
        """Print one finding on one line."""
        self.count += 1
        print(f"{name}: {' | '.join(filter(None, map(str.strip, text.splitlines())))}")

    def logError(self, flavour, test, error):
        """Called by Odoo for every failed test or part of a test."""
        where = ", ".join(map(str, getattr(test, "params", {}).values()))
        name = type(getattr(test, "test_case", test)).__name__
        self.show(name, f"{where}\n{error[1]}")


class Complaints(logging.Handler):
    """Hands to the findings what the lint tests log."""

    def __init__(self, findings):
        super().__init__(logging.WARNING)
        self.findings = findings

    def emit(self, record):
        """Called by Python's logging."""
        self.findings.show(record.name.rpartition(".")[2], record.getMessage())


def main():
    """Return whether there was a finding."""
    config.parse_config([*sys.argv[1:], "--no-http", "--log-level=critical"], setup_logging=True)
    Registry(get_db_name())
    findings = Findings()
    logger = logging.getLogger("odoo.addons.test_lint")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(Complaints(findings))
    modules = [importlib.import_module(f"odoo.addons.test_lint.tests.test_{t}") for t in TESTS]
    with _this_module_only():
        OdooSuite(test for module in modules for test in get_module_test_cases(module))(findings)
    if not findings.testsRun or findings.skipped:
        findings.show("test_lint", f"{findings.testsRun} tests run, {findings.skipped} skipped")
    return findings.count > 0


@contextmanager
def _this_module_only():
    """Show the tests this module where they would check all of the addons path."""
    manifest = Manifest.for_addon(MODULE)
    with (
        patch.object(Manifest, "all_addon_manifests", lambda: [manifest]),
        patch.dict(vars(config), root_path=manifest.path),  # pylint's folder
        patch.object(test_docstring, "MODULES_TO_LINT", MODULE),
    ):
        yield


if __name__ == "__main__":
    sys.exit(main())
