"""`pip install .`: the package that pip makes of a checkout, and the module in it."""

import json
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path

from .. import database, odoo_source, paths, workbench
from . import scenario

#: What the package holds, and where its Python packages come from.
ASKED = """
import json
from importlib.metadata import distribution, version
from packaging.requirements import Requirement
import odoo.addons.crm_customer_sheet as module
asked = [Requirement(each) for each in distribution("odoo-addon-crm_customer_sheet").requires]
print(json.dumps({
    "place": module.__file__,
    "asked": sorted(each.name for each in asked),
    "missing": [each.name for each in asked if version(each.name) not in each.specifier],
    "french": env.ref("crm_customer_sheet.customer_sheet_fill_action")
        .with_context(lang="fr_FR").name,
}))
"""
NEEDED = ["email-validator", "odoo", "phonenumbers", "python-stdnum", "tldextract"]
INSIDE = (
    *("__manifest__.py", "hooks.py", "i18n/fr.po", "static/description/icon.png"),
    *("security/ir.model.access.csv", "README.md", "LICENSE", "migrations/19.0.1.1.0/"),
    *("models/", "views/", "data/", "demo/", "wizards/", "controllers/", "tools/", "static/src/"),
)
OUTSIDE = {"tests", "dev", "benchmarks", "docs", ".git", ".ci", "__pycache__", "pyproject.toml"}


class TestWheel(scenario.Scenario):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        checkout = cls.folder / "whatever-its-name"
        checkout.symlink_to(paths.ROOT, target_is_directory=True)
        cls.pip("wheel", "--no-build-isolation", "--wheel-dir", cls.folder, checkout)
        [cls.wheel] = cls.folder.glob("*.whl")

    @classmethod
    def pip(cls, command, *options):
        """Run pip without its index, which a test need not reach."""
        offline = ("--no-index", "--no-deps", "--quiet", "--disable-pip-version-check")
        call = [scenario.bench().python, "-m", "pip", command, *offline, *options]
        subprocess.run(call, check=True, cwd=cls.folder)

    def test_the_module_is_inside_and_nothing_of_ours(self):
        version = database.manifest()["version"]
        name = f"odoo_addon_{paths.MODULE}-{version}-py3-none-any.whl"
        self.assertEqual(self.wheel.name, name)
        with zipfile.ZipFile(self.wheel) as archive:
            names = archive.namelist()
        home = f"odoo/addons/{paths.MODULE}/"
        files = [name.removeprefix(home) for name in names if name.startswith(home)]
        for each in INSIDE:
            self.assertTrue([name for name in files if name.startswith(each)], each)
        parts = {part for name in files for part in name.split("/")}
        self.assertEqual(parts & OUTSIDE, set())
        others = {name.split("/")[0] for name in names if not name.startswith(home)}
        self.assertEqual(others, {f"{name.removesuffix('-py3-none-any.whl')}.dist-info"})

    def test_odoo_installs_the_module_from_it(self):
        place = self.folder / "packages"
        self.pip("install", "--target", place, self.wheel)
        fresh = WithoutCheckout(scenario.bench(), place)
        name = self.dependencies_database()
        database.install(fresh, name, "Installing", [paths.MODULE])
        state = "SELECT state FROM ir_module_module WHERE name = %s"
        self.assertEqual(self.rows(name, state, [paths.MODULE]), [("installed",)])
        told = json.loads(scenario.shell(name, ASKED, fresh))
        home = place / "odoo" / "addons" / paths.MODULE
        self.assertEqual(told["place"], str(home / "__init__.py"))
        self.assertEqual((told["asked"], told["missing"]), (NEEDED, []))
        self.assertEqual(told["french"], "Compléter les fiches")


class WithoutCheckout(workbench.Workbench):
    """Odoo as it finds what pip has put in a folder: of this checkout it knows nothing."""

    def __init__(self, bench, packages):
        super().__init__(bench.source, bench.python, bench.server)
        self.packages = packages

    def environment(self, **more):
        path = f"{self.source}{os.pathsep}{self.packages}"
        return super().environment(**{"PYTHONPATH": path, **more})

    def addons_path(self):
        return ",".join(map(str, odoo_source.addons_paths(self.source)))

    def config_file(self, name, settings):
        return super().config_file(f"wheel-{name}", settings)
