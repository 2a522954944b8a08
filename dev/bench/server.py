"""A real server with worker processes on one of the databases."""

import subprocess
from contextlib import contextmanager

from .. import console, paths, postgres, run

WORKERS = 4


@contextmanager
def running(bench, name, addons, workers=WORKERS):
    """The port of a server, stopped at the end."""
    port, log = postgres.free_port(), paths.folder("logs") / f"{name}-server.log"
    options = [
        *("-d", name, "--no-database-list", "--http-interface=127.0.0.1", addons),
        *(f"--http-port={port}", f"--gevent-port={postgres.free_port()}"),
        *(f"--workers={workers}", "--max-cron-threads=0", "--log-level=warn"),
    ]
    with open(log, "w", encoding="utf-8") as output:
        server = subprocess.Popen(
            bench.odoo("server", *options),
            env=bench.environment(),
            cwd=paths.home(),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        run.wait_until_up(server, port, log)
        yield port
    finally:
        console.stop(server)
