"""`make bench`: Odoo's speed without and with the module, side by side.

ONLY=create,form runs a part; SCALE=0.1 takes a tenth of the contacts and leads.
The module is copied first: editing meanwhile changes nothing.
"""

import functools
import json
import os
import subprocess
import time
from contextlib import ExitStack, contextmanager
from statistics import median

from . import bench_report, bench_typing, console, database, odoo_source, paths, workbench
from .lint import files

CONTACTS = 200_000
LEADS = 20_000
IMPORTED = (1_000, 10_000, 50_000)  # contacts, matched with statistics from before
WARM_UP = 2  # rounds that do not count
# operation: (rounds, records in each, highest ratio, queries allowed more)
OPERATIONS = {
    "create_leads": (10, 500, 1.20, None),
    "create_contacts": (10, 500, 1.20, None),
    "write_stage": (7, 1000, 1.10, None),
    "lead_views": (15, 1, 1.10, None),
    "lead_list": (60, 80, 1.10, None),
    "lead_kanban": (60, 1, 1.10, None),
    "lead_form": (100, 1, 1.10, 1),
    "lead_save": (60, 1, 1.10, None),
    "contact_views": (15, 1, 1.10, None),
    "contact_list": (60, 80, 1.10, None),
    "contact_form": (100, 1, 1.10, 1),
    "contact_save": (60, 1, 1.10, None),
}
WORKER = paths.ROOT / "benchmarks" / "worker.py"


def main():
    """Measure, print a table, and leave the figures as JSON."""
    scale = float(os.environ.get("SCALE") or 1)
    chosen = {name: how for name, how in OPERATIONS.items() if _wanted(name)}
    with workbench.opened() as bench, files.unpacked() as module, ExitStack() as databases:
        database.sweep(bench)
        comparison = Comparison(bench, module.parent, databases)
        if chosen or any(map(_wanted, ("install", "score", "check", "merge", "route"))):
            comparison.prepare(round(CONTACTS * scale), max(round(LEADS * scale), 1500))
        compared = comparison.compare(chosen)
        if _wanted("match"):
            comparison.match(round(CONTACTS * scale))
    bench_report.show({"scale": scale, "single": comparison.single, "compared": compared})
    return 0


def _wanted(name):
    only = os.environ.get("ONLY", "").replace(",", " ").split()
    return not only or any(part in name for part in only)


class Comparison:
    """Two equal databases, the second with the module, and what is measured on them."""

    def __init__(self, bench, folder, databases):
        self.bench = bench
        self.databases = databases
        self.single = {}
        addons = [*odoo_source.addons_paths(bench.source), folder]
        self.addons = "--addons-path=" + ",".join(map(str, addons))

    def prepare(self, contacts, leads):
        """Make both databases; measure what only the one with the module does."""
        template = database.dependencies_template(self.bench)
        self.stock = self._copy(template, "stock")
        console.step(f"Making {contacts:,} contacts and {leads:,} leads")
        with self.worker(self.stock) as ask:
            ask(call="fill", contacts=contacts, leads=leads)
        self._tidy(self.stock)
        self.ours = self._copy(self.stock, "with")
        if _wanted("install"):
            self._install(self._copy(template, "empty"), ", empty database", "-i", "-u")
        self._install(self.ours, "", *(("-i", "-u") if _wanted("install") else ("-i",)))
        self._score()

    def _install(self, name, where, *options):
        for option in options:
            text = {"-i": "install", "-u": "update"}[option] + where
            start = time.monotonic()
            what = [option, paths.MODULE]
            database.update(self.bench, name, f"Measuring {text}", what, self.addons)
            self.single[text] = {"seconds": time.monotonic() - start}

    def _score(self):
        with self.worker(self.ours) as ask:
            for text, publish in (("first scores", False), ("scores after publishing", True)):
                console.step(f"Measuring {text}")
                self.single[text] = ask(call="refresh", publish=publish)
        if _wanted("check"):
            console.step("Measuring the check of all contacts")
            with self.worker(self.ours) as ask:  # a process of its own, for its memory
                self.single["check of all contacts"] = ask(call="check")
        if _wanted("consent"):
            console.step("Measuring the ledger of consents")
            with self.worker(self.ours) as ask:
                figure = ask(call="consent", count=50_000)
                self.single["consents of contacts"] = figure
        if _wanted("route"):
            console.step("Measuring an import of leads with routing rules")
            with self.worker(self.ours) as ask:
                self.single["import of leads, routed"] = ask(call="route", count=10_000)
        self._tidy(self.ours)
        if _wanted("merge"):
            console.step("Measuring merges")
            merged = self._copy(self.ours, "merge")
            with self.worker(merged) as ask:
                self.single["merge of pairs"] = ask(call="merge")

    def match(self, contacts):
        """Measure the search for duplicates among generated customers."""
        name = self._copy(database.dependencies_template(self.bench), "match")
        database.update(self.bench, name, "Installing", ["-i", paths.MODULE], self.addons)
        self._match_cold(name, contacts)
        with self.worker(name) as ask:
            console.step(f"Making {contacts:,} customers to match")
            ask(call="fill_customers", contacts=contacts)
        self._tidy(name)
        with self.worker(name) as ask:
            for step in ("keys", "rebuild", "rebuild again", "changes", "find", "learn"):
                console.step(f"Measuring duplicates: {step}")
                self.single[f"duplicates: {step}"] = ask(call="match", step=step)
                self._tidy(name)
            typed = ask(call="typists")
        console.step("Measuring duplicates: ten users typing")
        figure = bench_typing.measure(self.bench, name, self.addons, typed)
        self.single["duplicates: ten typing"] = figure

    def _match_cold(self, installed, contacts):
        """Measure the search right after an import, before PostgreSQL has looked at it."""
        for count in IMPORTED:
            if count <= contacts:
                console.step(f"Measuring duplicates: {count:,} imported contacts")
                with self.worker(self._copy(installed, f"cold_{count}")) as ask:
                    figure = ask(call="cold_match", count=count)
                    self.single[f"duplicates: import of {count:,}"] = figure

    def compare(self, chosen):
        """Seconds and queries of the operations on both databases."""
        if not chosen:
            return {}
        with self.worker(self.stock) as without, self.worker(self.ours) as having:
            return {name: _measure(name, how, without, having) for name, how in chosen.items()}

    def _copy(self, template, purpose):
        copy = database.temporary(self.bench, template, f"bench_{purpose}")
        return self.databases.enter_context(copy)

    def _tidy(self, name):
        database.query(self.bench, name, "VACUUM ANALYZE")

    @contextmanager
    def worker(self, name):
        """A function that lets an Odoo process on this database do something and answers."""
        log = paths.folder("logs") / f"{name}-worker.log"
        options = ("-c", self.bench.config_file("odoo", {}), "-d", name, self.addons)
        with open(log, "w", encoding="utf-8") as errors:
            process = subprocess.Popen(
                list(map(str, [self.bench.python, WORKER, *options])),
                env=self.bench.environment(),
                cwd=paths.home(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        try:
            yield functools.partial(_ask, process, log)
        finally:
            process.stdin.close()
            console.stop(process)


def _ask(process, log, **arguments):
    try:
        print(json.dumps(arguments), file=process.stdin, flush=True)
        line = process.stdout.readline()
    except BrokenPipeError:
        line = ""
    if not line:
        raise console.Stop(f"{arguments} failed. The end of {log}:\n{console.tail(log)}")
    return json.loads(line)


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
