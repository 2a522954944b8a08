"""The door to every command of the Makefile: `python3 dev/make.py <command>`."""

import importlib
import signal
import sys
from pathlib import Path

# As a script, Python looks for modules in dev/ itself; we are the package `dev`.
sys.path[0] = str(Path(__file__).resolve().parents[1])
sys.dont_write_bytecode = True

from dev import console  # noqa: E402

COMMANDS = {
    "run": ("run", "start Odoo with demo data and the module"),
    "test": ("test", "run all tests, or a part: make test ONLY=tests/sheet"),
    "test-stock": ("stock", "run Odoo's own tests of the modules we touch"),
    "press": ("press", "press everything as every role, beside other apps (hours)"),
    "lint": ("lint", "check style, Odoo's rules and translations"),
    "fix": ("fix", "format files and bring translations up to date"),
    "bench": ("bench", "compare Odoo's speed with and without the module"),
    "pictures": ("pictures", "take the pictures of the documentation"),
    "clean": ("clean", "remove everything from the cache folder"),
    "help": (None, "show this"),
}


def main(arguments):
    """Run one command and return its exit code."""
    name = arguments[0] if arguments else "help"
    if name not in COMMANDS or name == "help":
        _help()
        return int(name != "help")
    for end in (signal.SIGTERM, signal.SIGHUP):  # like Ctrl-C: stop what we started
        signal.signal(end, signal.default_int_handler)
    try:
        return importlib.import_module(f"dev.{COMMANDS[name][0]}").main()
    except console.Stop as stop:
        console.say(f"\n{stop}\n{stop.advice}".rstrip())
        return 1
    except KeyboardInterrupt:
        console.say("\nStopped.")
        return 130


def _help():
    for name, (_module, text) in COMMANDS.items():
        print(f"make {name:<11} {text}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
