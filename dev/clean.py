"""`make clean`: remove what the other commands made."""

import shutil

from . import console, paths, postgres


def main():
    """Remove the cache folder, PostgreSQL's data included."""
    folder = paths.home()
    with paths.lock("postgres"):
        postgres.stop_private()
    console.step(f"Removing {folder}")
    shutil.rmtree(folder)
    return 0
