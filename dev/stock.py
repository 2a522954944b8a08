"""`make test-stock`: Odoo's own tests of the modules we touch, with our module installed.

`make test-stock BASE=1` runs them without it, to compare. ONLY=crm runs a part.
"""

import os

from . import console, database, odoo_source, paths, system, test, workbench

MODULES = ("crm", "sales_team", "sale_crm", "contacts", "phone_validation", "privacy_lookup")


def main():
    """Run the suites; the exit code is pytest's."""
    system.need_browser()
    with workbench.opened() as bench:
        database.sweep(bench)
        root = odoo_source.addons_paths(bench.source)[-1]
        with database.temporary(bench, _template(bench), "stock") as name:
            suites, options = _suites(bench), ("-p", "headroom")
            os.environ["CUSTOMER_SHEET_HEADROOM"] = str(paths.home() / "headroom.json")
            return test.run(bench, name, suites, root, *options)


def _template(bench):
    modules = [*database.depends(), *MODULES]
    # Some of Odoo's tests expect that English is the only language.
    if os.environ.get("BASE"):
        console.say("Without the module, to compare.")
        return database.dependencies_template(bench, modules, languages="en_US")
    return database.module_template(bench, modules, languages="en_US")


def _suites(bench):
    """The test folders of the modules; `contacts` has only browser tests."""
    chosen = os.environ.get("ONLY", "").split() or MODULES
    addons = odoo_source.addons_paths(bench.source)
    suites = [folder / name / "tests" for name in chosen for folder in addons]
    return [suite for suite in suites if suite.is_dir()]
