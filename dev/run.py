"""`make run`: Odoo with demo data and the module, on this checkout's own database."""

import os
import subprocess
import time
import urllib.error
import urllib.request

from . import console, database, paths, postgres, system, workbench

FIRST_PORT = 8069
START_SECONDS = 120
LOGINS = (
    ("admin", "administrator"),
    ("sales", "salesperson"),
    ("steward", "data steward"),
    ("privacy", "privacy officer"),
)


def main():
    """Start Odoo and stay until Ctrl-C."""
    system.want("wkhtmltopdf", "printing to PDF will not work")
    with workbench.opened() as bench:
        name = os.environ.get("DB") or f"{database.PREFIX}_run_{paths.checkout_id()}"
        busy = console.Stop(f"{name} is already running.", "Or: make run DB=another_name")
        with paths.lock(f"run-{name}", busy=busy):
            _prepare(bench, name)
            return _serve(bench, name)


def _prepare(bench, name):
    """Have the database there, its module as in this checkout. Its data are kept."""
    wanted = paths.module_hash()
    if not database.exists(bench, name):
        database.copy(bench, database.module_template(bench, demo=True), name)
    elif database.note(bench, name) != wanted:
        text = f"Updating {paths.MODULE}: its files changed"
        database.update(bench, name, text, ["-u", paths.MODULE])
    database.set_note(bench, name, wanted)


def _serve(bench, name):
    host = os.environ.get("HOST") or "127.0.0.1"
    port = _port()
    log = paths.folder("logs") / f"{name}-server.log"
    # Threads, not workers: with workers, live updates need a proxy in front.
    options = [f"--http-interface={host}", f"--http-port={port}", "--workers=0"]
    command = bench.odoo("server", "-d", name, "--no-database-list", *options)
    with open(log, "w", encoding="utf-8") as output:
        server = subprocess.Popen(
            command,
            env=bench.environment(),
            cwd=paths.home(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_up(server, port, log)
        _tell(host, port, name, log)
        return server.wait()
    except KeyboardInterrupt:
        console.say("\nStopping Odoo and PostgreSQL.")
        return 0
    finally:
        console.stop(server)


def wait_until_up(server, port, log):
    """Return once Odoo answers; fail with the end of its log when it does not."""
    console.step("Starting Odoo")
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and server.poll() is None:
        if answers(port):
            return
        time.sleep(0.3)
    raise console.Stop(f"Odoo did not start. The end of {log}:\n{console.tail(log)}")


def answers(port):
    """Whether an Odoo with a database answers on this port."""
    url = f"http://127.0.0.1:{port}/web/health"
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _port():
    given = os.environ.get("PORT")
    if not given:
        return next(filter(postgres.port_is_free, range(FIRST_PORT, FIRST_PORT + 100)))
    if not postgres.port_is_free(int(given)):
        raise console.Stop(f"Port {given} is in use.", "Choose another: make run PORT=...")
    return int(given)


def _tell(host, port, name, log):
    logins = "\n".join(f"    {f'{login} / {login}':<20} {role}" for login, role in LOGINS)
    console.say(
        f"""
Odoo runs:  http://{"localhost" if host == "127.0.0.1" else host}:{port}
Log in as (name / password):
{logins}
Database:   {name}
Its log:    {log}
To stop:    Ctrl-C
"""
    )
