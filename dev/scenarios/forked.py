"""Odoo's commands in processes that need not import Odoo: it takes longer than most scripts do."""

import functools
import itertools
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from ..workbench import ODOO_BIN

FORKS = ODOO_BIN.with_name("odoo_forks.py")
LOCK = threading.Lock()  # its answers come in the order of what it is told
numbers = itertools.count(1)


class Command:
    """A command of Odoo in a session of its own: like `Popen`, as far as scenarios need it."""

    def __init__(self, bench, command, text="", stdout=os.devnull, stderr=os.devnull):
        """Start it.

        :param command: a command line of `bench.odoo`
        :param text: what it reads
        :param stdout: the file at whose end it writes
        :param stderr: likewise
        """
        _python, *arguments = map(str, command)
        self.ended = Path(_folder().name, str(next(numbers)))
        order = {"arguments": arguments, "text": text, "ended": str(self.ended)}
        with LOCK:
            forks = _forks(bench)
            print(json.dumps({**order, "written": [str(stdout), str(stderr)]}), file=forks.stdin)
            self.pid = int(forks.stdout.readline())

    def poll(self):
        """How it ended, if it has."""
        return int(self.ended.read_text(encoding="utf-8")) if self.ended.exists() else None

    def wait(self, timeout=float("inf")):
        """How it ended, once it has."""
        end = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.01)
        return self.poll()

    def terminate(self):
        """Ask it to end."""
        os.kill(self.pid, signal.SIGTERM)


@functools.cache
def _folder():
    return tempfile.TemporaryDirectory(prefix="odoo_forks_")


@functools.cache
def _forks(bench):
    python, _script, _command, *common = bench.odoo("server")
    process = subprocess.Popen(
        [python, FORKS, *common],
        env=bench.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    process.wait()  # what it has forked stays
    return process
