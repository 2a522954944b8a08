"""Databases: templates made once per state of things, and quick copies of them."""

import ast
import itertools
import os
import re
import shutil
import subprocess
import time
from contextlib import contextmanager

from . import console, paths

PREFIX = "customer_sheet"
TEMPORARY = f"{PREFIX}_tmp"
RECIPE = "1"  # change it when templates must be made in another way
KEPT_TEMPLATES = 6  # of each kind, the newest
KEPT_LOG_SECONDS = 24 * 3600
LANGUAGES = "en_US,fr_FR"  # Odoo makes the first one every user's default
FAILED = re.compile(r"^\S+ \S+ \d+ (ERROR|CRITICAL) ", re.MULTILINE)

_numbers = itertools.count(1)


def manifest():
    """What our module says of itself."""
    return ast.literal_eval((paths.ROOT / "__manifest__.py").read_text(encoding="utf-8"))


def depends():
    """The modules that ours stands on."""
    return manifest()["depends"]


def dependencies_template(bench, modules=None, demo=False, languages=LANGUAGES):
    """The name of a database with the modules (by default: ours stands on) installed.

    Kept until Odoo, a Python package or one of the arguments changes.
    """
    modules = sorted(modules or depends())
    name = _template_name("deps", bench.key, str(demo), languages, *modules)
    with paths.lock(name, "making a template database"):
        if not exists(bench, name):
            text = "Installing " + ", ".join(modules) + (" with demo data" if demo else "")
            options = [f"--load-language={languages}", *_data(demo)]
            _build(bench, name, None, text, modules, *options)
    return name


def module_template(bench, modules=None, demo=False, languages=LANGUAGES):
    """Like `dependencies_template`, with this checkout's module on top."""
    below = dependencies_template(bench, modules, demo, languages)
    name = _template_name("module", below, paths.module_hash())
    with paths.lock(name, "making a template database"):
        if not exists(bench, name):
            text = "Installing " + paths.MODULE
            _build(bench, name, below, text, [paths.MODULE], *_data(demo))
    return name


def tests_template(bench):
    """Like `module_template`, with the asset bundles of the web client and of the tests.

    The first page of a browser test would make them while its other requests wait, which
    on a loaded machine takes longer than the test may. Odoo names a bundle after the dates
    of its files: the template is made anew when one of ours is touched.
    """
    below = module_template(bench)
    name = _template_name("tests", below, paths.static_hash())
    with paths.lock(name, "making a template database"):
        if not exists(bench, name):
            _make(bench, name, below, lambda building: _make_bundles(bench, building))
    return name


@contextmanager
def temporary(bench, template, purpose):
    """The name of a copy of a template, dropped at the end."""
    name = f"{TEMPORARY}_{purpose}_{os.getpid()}_{next(_numbers)}"
    copy(bench, template, name)
    try:
        yield name
    finally:
        drop(bench, name)


def sweep(bench):
    """Drop the temporary databases of commands that died, and the logs of old ones."""
    for log in paths.folder("logs").rglob(f"{TEMPORARY}_*"):
        if time.time() - log.stat().st_mtime > KEPT_LOG_SECONDS:
            log.unlink()
    if os.environ.get("PGHOST"):
        return  # they may belong to another machine
    for name in names(bench, "tmp"):
        if not _alive(int(name.split("_")[-2])):
            drop(bench, name)


def install(bench, name, text, modules, *options):
    """Run Odoo once to install modules."""
    update(bench, name, text, ["-i", ",".join(modules)], *options)


def update(bench, name, text, what, *options):
    """Run Odoo once for `-i` or `-u`; an error in its log is a failure."""
    log = paths.folder("logs") / f"{name}.log"
    command = bench.odoo("server", "-d", name, *what, "--stop-after-init", "--no-http")
    bench.run(text, [*command, "--max-cron-threads=0", *options], log)
    if FAILED.search(log.read_text(encoding="utf-8", errors="replace")):
        raise console.Stop(f"{text}: Odoo logged an error in {log}:\n{_errors(log)}")


def exists(bench, name):
    """Whether the database is there."""
    return query(bench, "postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}'")


def note(bench, name):
    """The note left on a database, or an empty text."""
    select = "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
    return query(bench, "postgres", f"{select} WHERE datname = '{name}'")


def set_note(bench, name, text):
    """Leave a note on a database: what it was made from."""
    query(bench, name, f"COMMENT ON DATABASE \"{name}\" IS '{text}'")


def copy(bench, template, name):
    """Copy a database together with its files."""
    drop(bench, name)
    source, target = _filestore(bench, template), _filestore(bench, name)
    if source.exists():
        # Odoo never changes a stored file, so a copy can share it.
        shutil.copytree(source, target, copy_function=os.link)
    _call(bench, "createdb", "-T", template, name)


def drop(bench, name):
    """Drop a database together with its files, open connections or not.

    Not by `dropdb --force`: that also signals an autovacuum worker, which only a
    superuser may do, and fails.  Dropping waits for such a worker by itself.
    """
    query(
        bench,
        "postgres",
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        f" WHERE datname = '{name}' AND usename = current_user",
    )
    _call(bench, "dropdb", "--if-exists", name)
    shutil.rmtree(_filestore(bench, name), ignore_errors=True)


def rename(bench, name, new):
    """Rename a database together with its files."""
    query(bench, "postgres", f'ALTER DATABASE "{name}" RENAME TO "{new}"')
    if _filestore(bench, name).exists():
        _filestore(bench, name).rename(_filestore(bench, new))


def query(bench, name, sql):
    """The text that psql prints for a statement."""
    command = ["psql", "-d", name, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql]
    return _call(bench, *command).strip()


def names(bench, kind=""):
    """Our databases whose name starts with the kind, oldest first."""
    like = f"datname LIKE '{PREFIX}\\_{kind}%'"
    return query(
        bench, "postgres", f"SELECT datname FROM pg_database WHERE {like} ORDER BY oid"
    ).split()


def _template_name(kind, *texts):
    return f"{PREFIX}_{kind}_{paths.short_hash(RECIPE, str(paths.home()), *texts)}"


def _data(demo):
    return ["--with-demo"] if demo else []


def _build(bench, name, below, text, modules, *options):
    _make(bench, name, below, lambda to: install(bench, to, text, modules, *options))


def _make_bundles(bench, name):
    command = bench.odoo("shell", "-d", name, "--no-http", "--log-level=error")
    log = paths.folder("logs") / f"{name}.log"
    with open(paths.ROOT / "dev" / "bundles.py", encoding="utf-8") as script:
        place = {"env": bench.environment(), "cwd": paths.home(), "stdin": script}
        console.run("Making the asset bundles", command, log, **place)


def _make(bench, name, below, fill):
    """Make a template under another name first: half a template never counts.

    :param fill: called with that name, once the database is a copy of ``below``
    """
    building = f"{name}_building"
    if below:
        copy(bench, below, building)
    else:
        drop(bench, building)
    try:
        fill(building)
    except BaseException:
        drop(bench, building)
        raise
    rename(bench, building, name)
    _forget_old(bench, name.removeprefix(f"{PREFIX}_").partition("_")[0])


def _forget_old(bench, kind):
    done = [name for name in names(bench, kind) if not name.endswith("_building")]
    for name in done[:-KEPT_TEMPLATES]:
        drop(bench, name)


def _alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _filestore(bench, name):
    return bench.data / "filestore" / name


def _errors(log):
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    first = next(i for i, line in enumerate(lines) if FAILED.match(line))
    return "\n".join(lines[first : first + console.SHOWN_LINES])


def _call(bench, *command):
    done = subprocess.run(
        command, env=bench.environment(), capture_output=True, text=True, cwd=paths.home()
    )
    if done.returncode:
        raise console.Stop(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout
