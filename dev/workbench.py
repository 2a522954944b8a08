"""Odoo with its Python and its server, ready to run commands with this checkout's module."""

import os
import threading
from contextlib import contextmanager

from . import console, odoo_source, paths, postgres, python_env

ODOO_BIN = paths.ROOT / "dev" / "bin" / "odoo-bin"


@contextmanager
def opened():
    """A `Workbench` with everything there and PostgreSQL up."""
    source = odoo_source.get()
    python = python_env.get()
    with postgres.running() as server:
        yield Workbench(source, python, server)


class Workbench:
    """What a command needs to run Odoo."""

    def __init__(self, source, python, server):
        self.source = source
        self.python = python
        self.server = server
        self.data = paths.folder("data")
        self.addons = self._link_module()

    def _link_module(self):
        """A folder where this checkout has the module's technical name."""
        folder = paths.folder("addons", paths.checkout_id())
        link = folder / paths.MODULE
        if not link.is_symlink() or link.resolve() != paths.ROOT:
            link.unlink(missing_ok=True)
            link.symlink_to(paths.ROOT, target_is_directory=True)
        return folder

    @property
    def module(self):
        """The module under its technical name: the path to give to pytest."""
        return self.addons / paths.MODULE

    @property
    def key(self):
        """Changes with the Odoo source and with the Python packages."""
        return paths.short_hash(odoo_source.version(self.source), python_env.key())

    def environment(self, **more):
        """Environment variables for Odoo and for PostgreSQL's programs."""
        mine = {
            "PYTHONPATH": str(self.source),
            "PYTHONUNBUFFERED": "1",
            # Byte code speeds up every start, but does not belong in the checkout.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(paths.folder("pycache")),
            "CUSTOMER_SHEET_HOME": str(paths.home()),
        }
        return {**os.environ, **mine, **self.server, **more}

    def addons_path(self):
        """The value of Odoo's option: its own addons first, then our module."""
        folders = [*odoo_source.addons_paths(self.source), self.addons]
        return ",".join(map(str, folders))

    def odoo(self, command, *options):
        """The command line of an Odoo command (`server`, `shell`, `module`...)."""
        common = ["-c", self.config_file("odoo", {})]
        return [self.python, ODOO_BIN, *command.split(), *common, *options]

    def config_file(self, name, settings):
        """Write an Odoo configuration file and return its path."""
        lines = {"addons_path": self.addons_path(), "data_dir": self.data, **settings}
        text = "".join(f"{key} = {value}\n" for key, value in lines.items())
        path = paths.folder("config", paths.checkout_id()) / f"{name}.conf"
        new = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        new.write_text(f"[options]\n{text}", encoding="utf-8")
        return new.replace(path)

    def run(self, text, command, log, advice="", **more):
        """Run a long command in this environment, outside of the repository."""
        console.run(text, command, log, advice, env=self.environment(**more), cwd=paths.home())
