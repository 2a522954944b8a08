"""`make bench`: Odoo's speed without and with the module, side by side, with filled sheets.

ONLY=create,form runs a part; SCALE=0.1 takes a tenth of the contacts and leads.
ONLY=growth is asked for by name: what only a large database shows, on 100,000 leads.
The module is copied first: editing meanwhile changes nothing.
"""

import os
from contextlib import ExitStack

from .. import database, workbench
from ..lint import files
from . import growth, imports, pager, report
from .comparison import Comparison
from .goals import OPERATIONS, chosen, wanted

CONTACTS = 200_000
LEADS = 20_000
MANY_LEADS = 100_000
MESSAGES = 1_000_000
FIGURED = 200_000
PEOPLE = 200_000
PREPARED = ("install", "score", "check", "consent", "merge", "route", "import", "pager")


def main():
    """Measure, print a table, and leave the figures as JSON."""
    scale = float(os.environ.get("SCALE") or 1)
    contacts, leads = round(CONTACTS * scale), max(round(LEADS * scale), 1500)
    operations = {name: how for name, how in OPERATIONS.items() if wanted(name)}
    figures = {"scale": scale, "pager": {}, "growth": {}}
    with workbench.opened() as bench, files.unpacked() as module, ExitStack() as databases:
        database.sweep(bench)
        comparison = Comparison(bench, module.parent, databases)
        if operations or any(map(wanted, PREPARED)):
            comparison.prepare(contacts, leads)
        if operations:
            report.start()
        figures["compared"] = comparison.compare(operations, report.tell)
        if wanted("import"):
            imports.measure(comparison, round(imports.ROWS * scale))
        if wanted("pager"):
            figures["pager"] = pager.measure(comparison)
        if wanted("match"):
            comparison.match(contacts)
        if wanted("journal"):
            comparison.journal(round(MESSAGES * scale))
        if wanted("figures"):
            comparison.figures(round(FIGURED * scale))
        if wanted("privacy"):
            comparison.privacy(round(PEOPLE * scale))
        if chosen("growth"):
            figures["growth"] = growth.measure(comparison, contacts, round(MANY_LEADS * scale))
    report.show({**figures, "single": comparison.single})
    return 0
