"""What `pip install .` calls: OCA's whool, on a copy of the checkout without what only we need.

whool takes everything that git knows, and the name of the folder for that of the module; both
are right for a module among others, not for one whose checkout has any name and our tools in
it. A folder with a PKG-INFO it takes as it is, under the name said there.

Imports nothing of ours: pip runs it where nothing else of `make` needs to work.
"""

import ast
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from whool import buildapi

ROOT = Path(__file__).resolve().parents[1]
MODULE = "crm_customer_sheet"

#: Of these there is nothing in the packages, in whatever folder they are.
LEFT_OUT = (
    *("tests", "dev", "benchmarks", "docs", "build", "dist"),
    *(".*", "__pycache__", "*.pyc", "Makefile", "pytest.ini", "ruff.toml", "pyproject.toml"),
)
#: But a source package needs these to be built.
BUILDING = ("pyproject.toml", "dev/wheel.py")


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Make the package that pip installs, and return its name."""
    target = os.path.abspath(wheel_directory)
    with _module_alone():
        return buildapi.build_wheel(target)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    """Write what the package will say of itself, and return the name of the folder."""
    target = os.path.abspath(metadata_directory)
    with _module_alone():
        return buildapi.prepare_metadata_for_build_wheel(target)


def build_sdist(sdist_directory, config_settings=None):
    """Make the source package, and return its name."""
    target = os.path.abspath(sdist_directory)
    with _module_alone(*BUILDING):
        return buildapi.build_sdist(target)


@contextmanager
def _module_alone(*more):
    """Be in a folder with the module as it is installed, and some more of its files."""
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, MODULE)
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        for name in more:
            (copy / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
        said = f"Name: odoo-addon-{MODULE}\nVersion: {_version()}\n"
        (copy / "PKG-INFO").write_text(said, encoding="utf-8")
        os.chdir(copy)
        try:
            yield
        finally:
            os.chdir(here)


def _version():
    manifest = (ROOT / "__manifest__.py").read_text(encoding="utf-8")
    return ast.literal_eval(manifest)["version"]
