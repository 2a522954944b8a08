"""The next record by the pager in a browser: until it is seen, and until nothing moves."""

import json
import os
import subprocess
from contextlib import ExitStack

from .. import console, paths, system
from . import server
from .comparison import medians
from .goals import PAGES

SCRIPT = paths.ROOT / "benchmarks" / "pager.py"


def measure(comparison):
    """Return ``{"without": {"painted", "complete"}, "with": ...}``, median milliseconds."""
    browser = system.chromium() or system.headless_shell()
    if not browser:
        console.step("No Chromium: the pager is not measured")
        return {}
    bench, addons = comparison.bench, comparison.addons
    with ExitStack() as servers:
        sides = {"without": comparison.stock, "with": comparison.ours}
        ports = {
            side: (servers.enter_context(server.running(bench, name, addons, workers=2)), name)
            for side, name in sides.items()
        }
        console.step(f"Measuring {PAGES} records by the pager")
        found = _turned(bench, {"browser": str(browser), "servers": ports, "pages": PAGES})
    return {side: medians(times) for side, times in found.items()}


def _turned(bench, told):
    log = paths.folder("logs") / "bench-pager.log"
    with open(log, "w", encoding="utf-8") as errors:
        done = subprocess.run(
            [bench.python, SCRIPT],
            input=json.dumps(told),
            env=bench.environment(PYTHONPATH=f"{bench.source}{os.pathsep}{paths.ROOT}"),
            cwd=paths.home(),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    if done.returncode:
        raise console.Stop(f"The browser failed. The end of {log}:\n{console.tail(log)}")
    return json.loads(done.stdout)
