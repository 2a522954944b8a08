"""Forks Odoo's commands, one for each line that it reads, from a process that has imported Odoo.

It is nobody's child, for Odoo's tests end every child that they find, and ends with its input.
See scenarios/forked.py.
"""

import json
import os
import signal
import sys
import tempfile

WRITE = os.O_WRONLY | os.O_CREAT | os.O_APPEND


def load(name):
    """Import a module of Odoo after those it needs."""
    for needed in Manifest.for_addon(name)["depends"]:
        load(needed)
    load_openerp_module(name)


def watch(order):
    """Fork a command, say its number and, once it has ended, how."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if not (command := os.fork()):
        be(order)
    os.write(1, f"{command}\n".encode())
    _command, status = os.waitpid(command, 0)
    with open(order["ended"] + ".new", "w", encoding="utf-8") as file:
        file.write(str(os.waitstatus_to_exitcode(status)))
    os.rename(file.name, order["ended"])


def be(order):
    """Become the command, in a session of its own."""
    os.setsid()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        file.write(order["text"])
        file.flush()
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        os.dup2(file.fileno(), 0)
    for number, path in enumerate(order["written"], 1):
        os.dup2(os.open(path, WRITE, 0o600), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.argv = order["arguments"]
    sys.exit(odoo.cli.main())


if os.fork():
    os._exit(0)

import odoo.cli  # noqa: E402 - only the process that stays needs it
from odoo.modules import initialize_sys_path, load_openerp_module  # noqa: E402
from odoo.modules.module import Manifest  # noqa: E402
from odoo.tools import config  # noqa: E402

config.parse_config(sys.argv[1:])
initialize_sys_path()
load("crm_customer_sheet")
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for who watches
for line in sys.stdin:
    if not os.fork():
        watch(json.loads(line))
        os._exit(0)
