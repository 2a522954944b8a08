"""Two databases with the same records, one of them with the module."""

import functools
import json
import subprocess
import time
from contextlib import contextmanager
from statistics import median

from .. import console, database, odoo_source, paths
from . import typists
from .goals import wanted

IMPORTED = (1_000, 10_000, 50_000)  # contacts, matched with statistics from before
WARM_UP = 2  # rounds that do not count
WORKER = paths.ROOT / "benchmarks" / "worker.py"


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
        self.stock = self.copy(template, "stock")
        console.step(f"Making {contacts:,} contacts and {leads:,} leads")
        with self.worker(self.stock) as ask:
            ask(call="fill", contacts=contacts, leads=leads)
        self.tidy(self.stock)
        self.ours = self.copy(self.stock, "with")
        if wanted("install"):
            self._install(self.copy(template, "empty"), ", empty database", "-i", "-u")
        self._install(self.ours, "", *(("-i", "-u") if wanted("install") else ("-i",)))
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
            console.step("Measuring first scores")
            self.single["first scores"] = ask(call="refresh", publish=False)
            console.step("Filling the sheets")
            ask(call="fill_sheets")
            console.step("Measuring scores after publishing")
            self.single["scores after publishing"] = ask(call="refresh", publish=True)
        if wanted("check"):
            console.step("Measuring the check of all contacts")
            with self.worker(self.ours) as ask:  # a process of its own, for its memory
                self.single["check of all contacts"] = ask(call="check")
        if wanted("consent"):
            console.step("Measuring the ledger of consents")
            with self.worker(self.ours) as ask:
                figure = ask(call="consent", count=50_000)
                self.single["consents of contacts"] = figure
        if wanted("route"):
            console.step("Measuring an import of leads with routing rules")
            with self.worker(self.ours) as ask:
                self.single["import of leads, routed"] = ask(call="route", count=10_000)
        self.tidy(self.ours)
        if wanted("merge"):
            console.step("Measuring merges")
            merged = self.copy(self.ours, "merge")
            with self.worker(merged) as ask:
                self.single["merge of pairs"] = ask(call="merge")

    def match(self, contacts):
        """Measure the search for duplicates among generated customers."""
        name = self.copy(database.dependencies_template(self.bench), "match")
        database.update(self.bench, name, "Installing", ["-i", paths.MODULE], self.addons)
        self._match_cold(name, contacts)
        with self.worker(name) as ask:
            console.step(f"Making {contacts:,} customers to match")
            ask(call="fill_customers", contacts=contacts)
        self.tidy(name)
        with self.worker(name) as ask:
            for step in ("keys", "rebuild", "rebuild again", "changes", "find", "learn"):
                console.step(f"Measuring duplicates: {step}")
                self.single[f"duplicates: {step}"] = ask(call="match", step=step)
                self.tidy(name)
            typed = ask(call="typists")
        console.step("Measuring duplicates: ten users typing")
        figure = typists.measure(self.bench, name, self.addons, typed)
        self.single["duplicates: ten typing"] = figure

    def figures(self, count):
        """Measure the nightly snapshot of so many contacts and leads, and the dashboard."""
        name = self.copy(database.dependencies_template(self.bench), "figures")
        database.update(self.bench, name, "Installing", ["-i", paths.MODULE], self.addons)
        console.step(f"Making {count:,} contacts and {count:,} leads to count")
        with self.worker(name) as ask:
            ask(call="fill_figures", contacts=count, leads=count)
        self.tidy(name)
        console.step("Measuring the figures of a night")
        with self.worker(name) as ask:
            self.single["figures of a night"] = {"counted": 2 * count, **ask(call="figures")}

    def privacy(self, count):
        """Measure what a privacy officer does among so many people."""
        name = self.copy(database.dependencies_template(self.bench), "privacy")
        database.update(self.bench, name, "Installing", ["-i", paths.MODULE], self.addons)
        console.step(f"Making {count:,} people to look after")
        with self.worker(name) as ask:
            ask(call="fill_people", contacts=count)
        self.tidy(name)
        console.step("Measuring what a privacy officer does")
        with self.worker(name) as ask:
            self.single["privacy"] = ask(call="privacy")

    def _match_cold(self, installed, contacts):
        """Measure the search right after an import, before PostgreSQL has looked at it."""
        for count in IMPORTED:
            if count <= contacts:
                console.step(f"Measuring duplicates: {count:,} imported contacts")
                with self.worker(self.copy(installed, f"cold_{count}")) as ask:
                    figure = ask(call="cold_match", count=count)
                    self.single[f"duplicates: import of {count:,}"] = figure

    def journal(self, messages):
        """Measure the first page of journals among so many messages."""
        name = self.copy(database.dependencies_template(self.bench), "journal")
        database.update(self.bench, name, "Installing", ["-i", paths.MODULE], self.addons)
        console.step(f"Making {messages:,} messages")
        with self.worker(name) as ask:
            ask(call="fill", contacts=messages // 100, leads=messages // 100)
            ask(call="fill_journal", messages=messages)
        self.tidy(name)
        console.step("Measuring first pages of the journal")
        with self.worker(name) as ask:
            pages = ask(call="journal")
        seconds = sorted(page["seconds"] for page in pages)
        self.single["journal, first page"] = {
            "seconds": sum(seconds),
            "messages": messages,
            "median": median(seconds),
            "p95": seconds[int(0.95 * len(seconds))],
            "most": pages[-1]["seconds"],
            "queries": max(page["queries"] for page in pages),
        }

    def compare(self, chosen, told):
        """Return the figures of the operations on both databases.

        :param told: called with the name and the figures of each as soon as it is measured
        """
        found = {}
        if not chosen:
            return found
        with self.worker(self.stock) as without, self.worker(self.ours) as having:
            for name, how in chosen.items():
                if figure := _measure(name, how, without, having):
                    found[name] = figure
                    told(name, figure)
        return found

    def copy(self, template, purpose):
        """The name of a copy of a database, dropped at the end."""
        copy = database.temporary(self.bench, template, f"bench_{purpose}")
        return self.databases.enter_context(copy)

    def tidy(self, name):
        """Do what autovacuum would have done."""
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
    """Alternate, each side first in turn, and take the medians; nothing where it is missing."""
    answers = {without: [], having: []}
    for seed in range(how.rounds + WARM_UP):
        for ask in (without, having) if seed % 2 else (having, without):
            answer = ask(call="measure", operation=name, seed=seed, size=how.size)
            if answer is None:
                return None
            if seed >= WARM_UP:
                answers[ask].append(answer)
    sides = [medians(answers[ask]) for ask in (without, having)]
    return {"rounds": how.rounds, "size": how.size, "without": sides[0], "with": sides[1]}


def medians(answers):
    """The median of each figure of many answers."""
    return {key: median(answer[key] for answer in answers) for key in answers[0]}
