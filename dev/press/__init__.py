"""`make press`: each role presses everything, on databases with and without other apps.

The walk is in `walk.py`; `dev/scenarios/test_press.py` makes shorter ones in `make test`.  One
role on one database is one test: ARGS="-k 'TestDemo and privacy'" chooses, and goes on with what
is left of a run that was stopped.
"""

import os

from .. import database, system, test, workbench


def main():
    """Run the long walks; the exit code is pytest's."""
    system.want("wkhtmltopdf", "reports are pressed as pages")
    chosen = os.environ.get("ONLY", "").split() or ["dev/press"]
    with workbench.opened() as bench:
        database.sweep(bench)
        demo = database.module_template(bench, demo=True)
        with database.temporary(bench, demo, "press") as name:
            targets = [bench.module / part for part in chosen]
            return test.run(bench, name, targets, bench.module, "-s", "-v")
