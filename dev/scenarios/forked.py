"""Odoo's commands in processes that need not import Odoo: it takes longer than most scripts do."""

import multiprocessing
import multiprocessing.connection
import os
import subprocess
import sys
import tempfile
import threading

import odoo.cli

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["imported_odoo"])
LOCK = threading.Lock()  # how a process ended can be read once, and any thread may look


class Command(CONTEXT.Process):
    """A command of Odoo in a session of its own: like `Popen`, as far as scenarios need it."""

    def __init__(self, command, text="", stdout=os.devnull, stderr=os.devnull):
        """Start it.

        :param command: Python, Odoo's script and its arguments
        :param text: what it reads
        :param stdout: the file at whose end it writes
        :param stderr: likewise
        """
        super().__init__()
        self.arguments = [str(each) for each in command[1:]]
        self.text, self.written = text, (stdout, stderr)
        with LOCK:
            self.start()

    def run(self):
        """Be that command, in the new process."""
        os.setsid()
        sys.stdin = tempfile.TemporaryFile("w+", encoding="utf-8")
        sys.stdin.write(self.text)
        sys.stdin.seek(0)
        for number, path in enumerate(self.written, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
        sys.argv = self.arguments
        odoo.cli.main()

    def poll(self):
        """How it ended, if it has."""
        with LOCK:
            return self.exitcode

    def wait(self, timeout=None):
        """How it ended, once it has."""
        if not multiprocessing.connection.wait([self.sentinel], timeout):
            raise subprocess.TimeoutExpired(self.arguments, timeout)
        return self.poll()
