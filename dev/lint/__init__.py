"""`make lint`: style, Odoo's and OCA's rules, formatting and translations."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

from .. import console, database, workbench
from . import checks, files, node
from .report import Report


def main():
    """Run every checker, whatever the others find; 1 when one found something.

    Two at a time: those that need a database, and those that read files.
    """
    start = time.monotonic()
    report = Report()
    with workbench.opened() as bench, files.unpacked() as folder, ThreadPoolExecutor(2) as pool:
        tools = node.get()
        lanes = [
            pool.submit(_check_installed, report, bench),
            pool.submit(_check_files, report, bench, folder, tools),
        ]
        for lane in lanes:
            lane.result()
    told = f"{report.total} findings" if report.total else "All checks passed"
    console.say(f"\n{told} in {time.monotonic() - start:.0f} s")
    return int(report.total > 0)


def _check_files(report, bench, folder, tools):
    for name, check in checks.PYTHON.items():
        _run(report, name, check, bench, folder)
    for name, check in checks.NODE.items():
        _run(report, name, check, tools, folder)


def _check_installed(report, bench):
    database.sweep(bench)
    try:
        template = database.module_template(bench, demo=True)  # its texts are translated too
    except console.Stop as stop:
        message = str(stop)
        return report.check("installation", lambda: [message])
    with database.temporary(bench, template, "lint") as name:
        for title, check in checks.DATABASE.items():
            _run(report, title, check, bench, name)


def _run(report, name, check, *arguments):
    only = os.environ.get("ONLY", "").split()
    if not only or name in only:
        report.check(name, check, *arguments)
