"""A pytest plugin: the browsers of a run share what they have loaded and compiled.

Each has an empty folder of its own, so that it would load and compile the whole web client again.
Cookies, storage and all else stay apart.
"""

import tempfile
from pathlib import Path

from odoo.tests.common import ChromeBrowser

FOLDERS = ("Cache", "Code Cache")
original = ChromeBrowser._spawn_chrome
shared = tempfile.TemporaryDirectory(suffix="_chrome_cache")  # removed when the run ends


def spawn_chrome(self, command):
    """Start a browser whose caches are those of the browser before."""
    profile = Path(self.user_data_dir, "Default")
    profile.mkdir()
    for name in FOLDERS:
        folder = Path(shared.name, name)
        folder.mkdir(exist_ok=True)
        (profile / name).symlink_to(folder, target_is_directory=True)
    return original(self, command)


ChromeBrowser._spawn_chrome = spawn_chrome
