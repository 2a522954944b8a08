"""`make bench`: Odoo's speed without and with the module, side by side.

ONLY=create,form runs a part; SCALE=0.1 takes a tenth of the contacts and leads.
"""

import json
import os
import subprocess
import time
from contextlib import ExitStack, contextmanager
from statistics import median

from . import bench_report, console, database, paths, workbench

CONTACTS = 200_000
LEADS = 20_000
WARM_UP = 1  # rounds that do not count
# operation: (rounds, records in each, highest ratio, queries allowed more)
OPERATIONS = {
    "create_leads": (10, 500, 1.20, None),
    "create_contacts": (10, 500, 1.20, None),
    "write_stage": (7, 1000, 1.10, None),
    "lead_views": (15, 1, 1.10, None),
    "lead_list": (25, 80, 1.10, None),
    "lead_kanban": (25, 1, 1.10, None),
    "lead_form": (40, 1, 1.10, 1),
    "lead_save": (25, 1, 1.10, None),
    "contact_views": (15, 1, 1.10, None),
    "contact_list": (25, 80, 1.10, None),
    "contact_form": (40, 1, 1.10, 1),
    "contact_save": (25, 1, 1.10, None),
}
WORKER = paths.ROOT / "benchmarks" / "worker.py"


def main():
    """Measure, print a table, and leave the figures as JSON."""
    scale = float(os.environ.get("SCALE") or 1)
    chosen = {name: how for name, how in OPERATIONS.items() if _wanted(name)}
    with workbench.opened() as bench, ExitStack() as databases:
        database.sweep(bench)
        stock, ours, single = _databases(bench, scale, databases)
        compared = _compare(bench, stock, ours, chosen)
    figures = {"scale": scale, "single": single, "compared": compared}
    bench_report.show(figures)
    return 0


def _wanted(name):
    only = os.environ.get("ONLY", "").replace(",", " ").split()
    return not only or any(part in name for part in only)


def _databases(bench, scale, stack):
    """Two equal databases, the second with the module, and what that took."""
    template = database.dependencies_template(bench)
    stock = stack.enter_context(database.temporary(bench, template, "bench_stock"))
    contacts, leads = round(CONTACTS * scale), max(round(LEADS * scale), 1500)
    console.step(f"Making {contacts:,} contacts and {leads:,} leads")
    with worker(bench, stock) as ask:
        ask(call="fill", contacts=contacts, leads=leads)
    database.query(bench, stock, "VACUUM ANALYZE")
    ours = stack.enter_context(database.temporary(bench, stock, "bench_with"))
    single = _install(bench, ours, template)
    with worker(bench, ours) as ask:
        console.step("Scoring all sheets")
        single["first scores"] = ask(call="refresh", publish=False)
        single["scores after publishing"] = ask(call="refresh", publish=True)
    for name in (stock, ours):
        database.query(bench, name, "VACUUM ANALYZE")
    return stock, ours, single


def _install(bench, ours, template):
    single = {}
    if _wanted("install"):
        with database.temporary(bench, template, "bench_empty") as empty:
            single["install, empty database"] = _seconds(bench, empty, "-i")
            single["update, empty database"] = _seconds(bench, empty, "-u")
    single["install"] = _seconds(bench, ours, "-i")
    if _wanted("install"):
        single["update"] = _seconds(bench, ours, "-u")
    return single


def _seconds(bench, name, option):
    text = {"-i": "Installing", "-u": "Updating"}[option] + f" {paths.MODULE}"
    start = time.monotonic()
    database.update(bench, name, text, [option, paths.MODULE])
    return {"seconds": time.monotonic() - start}


def _compare(bench, stock, ours, chosen):
    if not chosen:
        return {}
    with worker(bench, stock) as without, worker(bench, ours) as having:
        return {name: _measure(name, how, without, having) for name, how in chosen.items()}


def _measure(name, how, without, having):
    """Alternate, each side first in turn, and take the medians."""
    rounds, size, _ratio, _queries = how
    console.step(f"Measuring {name}, {rounds} rounds")
    answers = {without: [], having: []}
    for seed in range(rounds + WARM_UP):
        for ask in (without, having) if seed % 2 else (having, without):
            answer = ask(call="measure", operation=name, seed=seed, size=size)
            if seed >= WARM_UP:
                answers[ask].append(answer)
    sides = [_medians(answers[ask]) for ask in (without, having)]
    return {"rounds": rounds, "size": size, "without": sides[0], "with": sides[1]}


def _medians(answers):
    return {key: median(answer[key] for answer in answers) for key in ("seconds", "queries")}


@contextmanager
def worker(bench, name):
    """A function that lets an Odoo process on this database do something and answers."""
    log = paths.folder("logs") / f"{name}-worker.log"
    options = ("-c", bench.config_file("odoo", {}), "-d", name)
    with open(log, "w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            list(map(str, [bench.python, WORKER, *options])),
            env=bench.environment(),
            cwd=paths.home(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )

    def ask(**arguments):
        try:
            print(json.dumps(arguments), file=process.stdin, flush=True)
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise console.Stop(f"{arguments} failed. The end of {log}:\n{console.tail(log)}")
        return json.loads(line)

    try:
        yield ask
    finally:
        process.stdin.close()
        console.stop(process)
