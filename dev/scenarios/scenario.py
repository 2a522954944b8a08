"""What scenarios stand on: databases to spoil, Odoo servers to kill, clients to call them."""

import functools
import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from .. import database, paths, postgres, run, workbench
from . import forked
from .client import Client

TOLD = "TOLD"
TELL = f"""
import json

def tell(what):
    print("{TOLD}" + json.dumps(what, default=str))
"""


@functools.cache
def bench():
    """The workbench of the running `make test`, which keeps PostgreSQL up for us."""
    return workbench.opened().__enter__()


class Scenario(unittest.TestCase):
    """A test on its own databases and servers, which end with it."""

    def database(self, template=None):
        """The name of a fresh copy of a template, by default with the module."""
        template = template or database.module_template(bench())
        copy = database.temporary(bench(), template, "scenario")
        return self.enterContext(copy)

    def demo_database(self):
        """The name of a fresh database with demo data and the module."""
        return self.database(self.demo_template())

    def demo_template(self):
        """The name of a database with demo data and the module: to copy, not to spoil."""
        return database.module_template(bench(), demo=True)

    def dependencies_database(self):
        """The name of a fresh database with what the module stands on, without it."""
        return self.database(database.dependencies_template(bench()))

    def server(self, name, workers=2):
        """A running Odoo server on this database."""
        server = Server(name, workers)
        self.addCleanup(server.stop)
        server.start()
        return server

    def connect(self, name):
        """A connection to this database, past Odoo, each statement on its own."""
        connection = psycopg2.connect(dbname=name, **_server_arguments())
        connection.autocommit = True
        self.addCleanup(connection.close)
        return connection

    def rows(self, name, sql, parameters=None):
        """The rows that a statement gives on this database."""
        with _cursor(name) as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []

    def wait(self, condition):
        """Return when the condition holds; after a minute the test fails."""
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            if condition():
                return
            time.sleep(0.02)
        self.fail("it took longer than a minute")

    if not hasattr(unittest.TestCase, "enterContext"):  # Python 3.10

        def enterContext(self, manager):
            """Enter a context that is left when the test ends."""
            result = manager.__enter__()
            self.addCleanup(manager.__exit__, None, None, None)
            return result


class SharedServer(Scenario):
    """Tests that bring their own records, all on one database and server of the class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        copy = database.temporary(bench(), database.module_template(bench()), "scenario")
        cls.name = copy.__enter__()
        cls.addClassCleanup(copy.__exit__, None, None, None)
        server = Server(cls.name, workers=0)
        cls.addClassCleanup(server.stop)
        server.start()
        cls.client = server.client()


class Server:
    """Real Odoo server processes: a parent and `workers` children."""

    def __init__(self, database_name, workers=2):
        self.database = database_name
        self.workers = workers
        self.port = postgres.free_port()
        folder = paths.folder("logs", "scenarios")
        self.log = folder / f"{database_name}-{self.port}.log"
        self.process = None

    def start(self):
        """Start it and return when it answers."""
        options = [
            *("-d", self.database, "--no-database-list", "--http-interface=127.0.0.1"),
            *(f"--http-port={self.port}", f"--gevent-port={postgres.free_port()}"),
            *(f"--workers={self.workers}", "--max-cron-threads=0"),
        ]
        command = bench().odoo("server", *options)
        self.process = forked.Command(bench(), command, stdout=self.log, stderr=self.log)
        run.wait_until_up(self.process, self.port, self.log)

    def stop(self):
        """Stop it politely; whoever stays is killed."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self):
        """`kill -9` on the server and all its children at once."""
        kill(self.process)

    def client(self, login="admin", password=None):
        """A signed-in client."""
        client = Client(f"http://127.0.0.1:{self.port}")
        client.sign_in(self.database, login, password or login)
        return client


def parallel(*calls):
    """Run the calls at the same time; what each returned or raised, in their order."""

    def outcome(call):
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - the caller looks at each outcome
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(outcome, calls))


def install(name, *modules):
    """Install modules (by default: ours) as an administrator would."""
    modules = modules or (paths.MODULE,)
    database.install(bench(), name, "Installing", modules)


def install_log(name):
    """What Odoo logged when modules were installed or updated last."""
    return (paths.folder("logs") / f"{name}.log").read_text(encoding="utf-8")


def update(name):
    """Update our module, like `odoo -u`."""
    database.update(bench(), name, "Updating", ["-u", paths.MODULE])


def uninstall(name):
    """Uninstall our module, like the button of the Apps screen."""
    log = paths.folder("logs") / f"{name}-uninstall.log"
    command = bench().odoo("module uninstall", "-d", name, paths.MODULE)
    bench().run("Uninstalling", command, log)
    return Path(log).read_text(encoding="utf-8")


def shell(name, script, where=None):
    """What a Python script prints when it runs in `odoo shell` on this database.

    :param where: another workbench than that of `make test`
    """
    if where:
        return _imported(name, script, where)
    with tempfile.TemporaryDirectory() as folder:
        output, errors = Path(folder, "output"), Path(folder, "errors")
        if start_shell(name, script, stdout=output, stderr=errors).wait():
            raise AssertionError(errors.read_text(encoding="utf-8"))
        return output.read_text(encoding="utf-8")


def told(name, script):
    """What a script in an Odoo shell hands to its function ``tell``, as JSON."""
    output = shell(name, f"{TELL}\n{script}\n")
    [line] = [line for line in output.splitlines() if TOLD in line]
    return json.loads(line.partition(TOLD)[2])


def start_shell(name, script, **files):
    """A Python script that runs in `odoo shell` on this database meanwhile."""
    return forked.Command(bench(), _shell(name, bench()), script, **files)


def kill(process):
    """`kill -9` on a process and its children at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _imported(name, script, where):
    return subprocess.run(
        _shell(name, where),
        input=script,
        env=where.environment(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def _shell(name, where):
    return where.odoo("shell", "-d", name, "--no-http", "--log-level=error")


@contextmanager
def _cursor(name):
    connection = psycopg2.connect(dbname=name, **_server_arguments())
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def _server_arguments():
    names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"}
    server = bench().server
    return {names[key]: server[key] for key in names if key in server}
