"""The import desk: a large file read and reviewed, a smaller one imported and taken back."""

import tempfile
from pathlib import Path

from .. import console

ROWS = 50_000
RUN = 0.1  # of the rows, which are imported too


def measure(comparison, rows):
    """Add the figures of a file of so many rows, on the database with filled sheets."""
    name = comparison.copy(comparison.ours, "import")
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder, f"{part}.xlsx")) for part in ("large", "small")]
        with comparison.worker(name) as ask:
            console.step("Making keys of duplicates, and files to import")
            ask(call="prepare_imports")
            for seed, count in enumerate((rows, round(rows * RUN))):
                ask(call="write_file", path=files[seed], rows=count, seed=seed)
        comparison.tidy(name)
        calls = {"import: look at a file": "look_at_file", "import and undo": "import_file"}
        for (told, call), path in zip(calls.items(), files, strict=True):
            console.step(f"Measuring {told}")
            with comparison.worker(name) as ask:  # a process of its own, for its memory
                comparison.single[told] = ask(call=call, path=path)
