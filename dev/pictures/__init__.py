"""`make pictures`: the pictures of the pages about the module, taken of the demo's data.

ONLY="ring_lead gate_dialog" takes a part.  What a picture shows stands in `shots.py`.
"""

import json
import os
import subprocess

from .. import console, database, paths, system, workbench
from ..bench import server

FOLDER = paths.ROOT / "static" / "description"
SCRIPTS = paths.ROOT / "dev" / "pictures"


def main():
    """Take the pictures on a throw-away copy of the demo's database."""
    system.need("chromium")
    with workbench.opened() as bench:
        template = database.module_template(bench, demo=True)
        with database.temporary(bench, template, "pictures") as name:
            places = _places(bench, name)
            addons = f"--addons-path={bench.addons_path()}"
            with server.running(bench, name, addons, workers=2) as port:
                return _take(bench, {"port": port, "database": name, "places": places})


def _places(bench, name):
    """Where the records of the pictures are: Odoo's own shell looks them up."""
    command = bench.odoo("shell", "-d", name, "--no-http", "--log-level=error")
    place = {"env": bench.environment(), "cwd": paths.home(), "text": True}
    with open(SCRIPTS / "places.py", encoding="utf-8") as script:
        done = subprocess.run(command, stdin=script, stdout=subprocess.PIPE, check=True, **place)
    return json.loads(done.stdout)


def _take(bench, told):
    told |= {
        "browser": str(system.chromium()),
        "folder": str(FOLDER),
        "only": os.environ.get("ONLY", "").split(),
    }
    console.step("Taking the pictures")
    log = paths.folder("logs") / "pictures.log"
    with open(log, "w", encoding="utf-8") as errors:
        done = subprocess.run(
            [bench.python, "-m", "dev.pictures.take"],
            input=json.dumps(told),
            env=bench.environment(PYTHONPATH=f"{bench.source}{os.pathsep}{paths.ROOT}"),
            cwd=paths.home(),
            stderr=errors,
            text=True,
        )
    if done.returncode:
        raise console.Stop(f"A picture failed. The end of {log}:\n{console.tail(log)}")
    return 0
