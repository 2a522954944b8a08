"""One Odoo process on one database that measures what it is told. A script for Odoo's Python.

Usage: worker.py <Odoo's options>; a JSON object a line: {"call": "measure", ...} comes
in on standard input, its answer goes out on standard output.
"""

import gc
import json
import resource
import sys
import time
from contextlib import contextmanager

import figures
import growth
import imports
import journal
import matching
import merges
import privacy
import routing
import sheets
from operations import OPERATIONS, Missing

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools import config

import data


class Worker:
    """Answers the calls; each of its public methods is one."""

    def __init__(self, database):
        self.registry = Registry(database)
        gc.freeze()  # what a server keeps for ever need not be looked through each time
        self.user = 0
        self.asked = {}

    @contextmanager
    def environment(self, user=SUPERUSER_ID, **context):
        """A new transaction, rolled back unless it is committed inside."""
        with self.registry.cursor() as cursor:
            yield api.Environment(cursor, user, context)
            cursor.rollback()

    def fill(self, contacts, leads):
        """Make the records to measure on."""
        with self.environment() as env:
            data.fill(env, contacts, leads)
            env.cr.commit()

    def fill_sheets(self):
        """Fill the sheets of these records."""
        with self.environment() as env:
            sheets.fill(env)
            env.cr.commit()

    def measure(self, operation, seed, size):
        """What one operation takes, done by the salesperson and rolled back.

        Nothing (`None`) where there is no such operation.
        """
        try:
            with self._salesperson() as env:
                work = OPERATIONS[operation](env, seed, size)
        except Missing:
            return None
        return self._timed(work)

    def _timed(self, work):
        """Seconds of the processor and of the clock, and queries, of some work."""
        gc.collect()
        with self._salesperson() as env:
            queries, start, cpu = env.cr.sql_log_count, time.perf_counter(), time.process_time()
            work(env)
            env.cr.flush()  # and what a commit would do before it
            return {
                "cpu": time.process_time() - cpu,
                "seconds": time.perf_counter() - start,
                "queries": env.cr.sql_log_count - queries,
            }

    def grow(self):
        """Make what only large databases show: owners without a next step, pairs, traces."""
        with self.environment() as env:
            growth.fill(env)
            env.cr.commit()

    def requests(self):
        """The names of lists and filters, and which of them are Odoo's own plain list."""
        with self._salesperson() as env:
            self.asked = growth.requests(env)
            return [(name, is_plain) for name, (_ask, is_plain) in self.asked.items()]

    def request(self, name):
        """What one of them takes."""
        ask, _is_plain = self.asked[name]
        return self._timed(ask)

    def refresh(self, publish):
        """Seconds of scoring all sheets, after publishing a changed catalogue or as it is."""
        with self.environment() as env:
            version = env["customer.sheet.catalogue.version"]
            if publish:
                for question in env["customer.sheet.question"].search([]):
                    question.weight += question.id % 3
                version._publish("Benchmark")
                env.cr.commit()
            start = time.perf_counter()
            version._cron_refresh()
            env.cr.commit()
            seconds = time.perf_counter() - start
            contacts = env["res.partner"].with_context(active_test=False)
            scored = contacts.search_count([("sheet_completeness", "!=", False)])
            return {"seconds": seconds, "contacts": contacts.search_count([]), "scored": scored}

    def check(self):
        """Seconds and added memory of checking all contacts, as the scheduled action does."""
        with self.environment() as env:
            runs = env["customer.sheet.quality.run"]
            runs.search([("state", "=", "running")]).action_stop()
            env.cr.commit()
            before, start = _peak_memory(), time.perf_counter()
            run = runs._start("res.partner", "all")
            while run.state == "running":
                run._advance()
                env.cr.commit()
            seconds = time.perf_counter() - start
            memory = _peak_memory() - before
            return {"seconds": seconds, "checked": run.done, "megabytes": memory}

    def consent(self, count):
        """Seconds of importing consents of ``count`` contacts, judging them, verifying all."""
        with self.environment() as env:
            contacts = env["res.partner"].search([("phone_sanitized", "!=", False)], limit=count)
            decision = {"purpose": "prospecting", "channel": "phone", "state": "given"}
            seals = env["customer.sheet.consent.seal"]
            steps = {
                "imported": lambda: contacts._sheet_consent_record([decision], method="import"),
                "judged": lambda: contacts._can_contact_batch("prospecting", "phone"),
                "verified": lambda: self._verified(env, seals),
            }
            times = {}
            for name, work in steps.items():
                start = time.perf_counter()
                work()
                env.cr.commit()
                times[name] = time.perf_counter() - start
            return {"seconds": sum(times.values()), "consents": len(contacts), "steps": times}

    def _verified(self, env, seals):
        env.cr.execute("ANALYZE")  # as autovacuum would have done since
        found = seals._verify()
        if found:
            raise ValueError(found[0]["words"])

    def fill_customers(self, contacts):
        """Make customers, duplicates among them, without keys."""
        with self.environment() as env:
            matching.fill(env, contacts)
            env.cr.commit()

    def match(self, step):
        """Seconds of one part of the search for duplicates, and what to tell of it."""
        with self.environment() as env:
            figure = matching.STEPS[step](env)
            env.cr.commit()
            return figure

    def cold_match(self, count):
        """Seconds of matching so many new contacts, with statistics from before and of all."""
        with self.environment() as env:
            return matching.cold(env, count)

    def typists(self):
        """Make the users who type at once; return their logins and what they type."""
        with self.environment() as env:
            typed = matching.typists(env)
            env.cr.commit()
            return typed

    def merge(self):
        """Seconds of merging pairs of contacts, by Odoo's wizard and by us."""
        with self.environment() as env:
            return merges.measure(env)

    def route(self, count):
        """Seconds and queries of an import of leads, and what routing them adds."""
        with self.environment() as env:
            return routing.measure(env, count)

    def fill_journal(self, messages):
        """Make messages of which the journal tells."""
        with self.environment() as env:
            journal.fill(env, messages)
            env.cr.commit()

    def journal(self):
        """Seconds of each first page of a journal, and queries: as a request has them."""
        with self._salesperson() as env:
            ids = journal.customers(env)
        for contact in ids:  # what a server has read before
            self._page(contact)
        return [self._page(contact) for contact in ids]

    def _page(self, contact):
        with self._salesperson() as env:
            count, start = env.cr.sql_log_count, time.perf_counter()
            page = env["res.partner"].browse(contact).sheet_journal()
            seconds = time.perf_counter() - start
            queries = env.cr.sql_log_count - count
            return {"seconds": seconds, "queries": queries, "lines": len(page["lines"])}

    def prepare_imports(self):
        """Bring the database to rest."""
        with self.environment() as env:
            imports.prepare(env)

    def write_file(self, path, rows, seed):
        """Write a file to import: in a process of its own, whose memory does not count."""
        imports.write(path, rows, seed)

    def look_at_file(self, path):
        """Seconds and memory of reading and reviewing a file."""
        with self.environment() as env:
            return imports.look(env, path)

    def import_file(self, path, known):
        """Seconds of importing a file and taking it back, and what is not as it was before."""
        with self.environment() as env:
            return imports.run(env, path, known)

    def fill_figures(self, contacts, leads):
        """Make the records that figures count."""
        with self.environment() as env:
            figures.fill(env, contacts, leads)
            env.cr.commit()

    def figures(self):
        """Seconds of a night's snapshot; what the dashboard takes."""
        with self.environment() as env:
            night = figures.night(env)
            return {**night, "dashboard": figures.dashboard(env)}

    def fill_people(self, contacts):
        """Make the people of whom one is erased."""
        with self.environment() as env:
            privacy.fill(env, contacts)
            env.cr.commit()

    def privacy(self):
        """Seconds of what a privacy officer does, and what others notice of it."""
        with self.environment() as env:
            return privacy.measure(env)

    def _salesperson(self):
        if not self.user:
            with self.environment() as env:
                self.user = env["res.users"].search([("login", "=", "bench")]).id
        company = {"allowed_company_ids": [1]}
        return self.environment(self.user, lang="en_US", tz="Europe/Paris", **company)


def _peak_memory():
    """Megabytes that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    """Answer until the input ends."""
    config.parse_config([*sys.argv[1:], "--no-http", "--log-level=error"], setup_logging=True)
    worker = Worker(get_db_name())
    for line in sys.stdin:
        arguments = json.loads(line)
        answer = getattr(worker, arguments.pop("call"))(**arguments)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
