"""The import desk: a large file read and reviewed, a smaller one imported and taken back."""

import tempfile
from pathlib import Path

from .. import console

ROWS = 50_000
RUN = 0.1  # of the rows, which are imported too
KNOWN = 0.01  # of the rows, of which the customers are known before


def measure(comparison, rows):
    """Add the figures of a file of so many rows, on the database with filled sheets."""
    name = comparison.copy(comparison.ours, "import")
    with tempfile.TemporaryDirectory() as folder:
        large, small, known = (str(Path(folder, f"{n}.xlsx")) for n in range(3))
        with comparison.worker(name) as ask:
            console.step("Making keys of duplicates, and files to import")
            ask(call="prepare_imports")
            for path, count, seed in ((large, 1, 0), (small, RUN, 1), (known, KNOWN, 1)):
                ask(call="write_file", path=path, rows=round(rows * count), seed=seed)
        comparison.tidy(name)
        console.step("Measuring import: look at a file")
        with comparison.worker(name) as ask:  # a process of its own, for its memory
            comparison.single["import: look at a file"] = ask(call="look_at_file", path=large)
        console.step("Measuring import and undo")
        with comparison.worker(name) as ask:
            figure = ask(call="import_file", path=small, known=known)
            comparison.single["import and undo"] = figure
