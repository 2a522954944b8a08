"""`make test`: the whole suite, or a part, with pytest on a copy of a cached database."""

import os
import shlex
import subprocess

from . import console, database, paths, system, workbench
from .lint import node

SUITE = ("dev/scenarios", "tests")  # what takes longest first: the cores end together
PLUGINS = paths.ROOT / "dev" / "plugins"
QUICK = ("-p", "kept_caches", "-p", "browser_cache")  # Odoo's own tests count cold queries
MOST_CORES = 4  # each takes about 1 GB, and a browser


def main():
    """Run the tests; the exit code is pytest's."""
    system.need_browser()
    system.want("wkhtmltopdf", "tests of real PDF files are skipped")
    axe = _accessibility_checker()
    with workbench.opened() as bench:
        database.sweep(bench)
        template = database.tests_template(bench)
        with database.temporary(bench, template, "test") as name:
            chosen, options = _chosen(bench), (*QUICK, *_side_by_side())
            return run(bench, name, chosen, bench.module, *options, CUSTOMER_SHEET_AXE=axe)


def run(bench, name, targets, root, *options, **environment):
    """Run pytest with Odoo on this database and return its exit code.

    :param root: the folder that test names in the report are relative to
    :param environment: more environment variables
    """
    config = bench.config_file(f"test-{os.getpid()}", {"db_name": name, "workers": 0})
    command = [
        *(bench.python.parent / "pytest", "-c", paths.ROOT / "pytest.ini"),
        *(f"--rootdir={root}", f"--odoo-config={config}", "--odoo-http"),
        *(f"--odoo-database={name}", "-p", "no:cacheprovider"),
        *("-p", "patience", "-p", "own_files"),
        *options,
        *shlex.split(os.environ.get("ARGS", "")),
        *targets,
    ]
    console.step("Running the tests")
    path = f"{bench.source}{os.pathsep}{PLUGINS}"
    environment = bench.environment(PYTHONPATH=path, PATH=system.tests_path(), **environment)
    try:
        return subprocess.call(command, env=environment, cwd=root.parent)
    finally:
        config.unlink()


def _accessibility_checker():
    """The script of axe-core, or an empty text: then its tests are skipped."""
    without = "the public pages are not checked for accessibility"
    system.want("node", without)
    try:
        return str(node.get() / "node_modules/axe-core/axe.min.js")
    except console.Stop as stop:
        console.say(f"Note: {stop} {without}")
        return ""


def _side_by_side():
    """Options of pytest: the classes of the whole suite side by side, each on its own copy.

    One process more than there are cores: browsers and servers are often waited for.  A part of
    the suite runs in one process, where a debugger and `print` work.
    """
    cores = min(os.cpu_count(), MOST_CORES)
    if os.environ.get("ONLY") or cores < 2:
        return ()
    return ("-n", str(cores + 1), "--dist=loadscope", "--no-loadscope-reorder")


def _chosen(bench):
    """What to run: everything, or the paths in ONLY, relative to the repository."""
    only = os.environ.get("ONLY", "").split()
    chosen = only or [part for part in SUITE if (paths.ROOT / part).exists()]
    return [bench.module / part for part in chosen]
