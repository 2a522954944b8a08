"""The pages say everything that there is, and nothing that there is not."""

import ast
import inspect
import re
from collections import defaultdict
from pathlib import Path

from odoo.tests import TransactionCase, tagged

MODULE = "crm_customer_sheet"
ROOT = Path(__file__).parents[1]
#: Where the classes of the rooms come from: the name after it is the room's.
ROOMS = f"odoo.addons.{MODULE}.models."
#: Menus of which a page tells, as ``*CRM > Configuration > ...*``.
PATH = re.compile(r"(?<!\*)\*((?:CRM|Customer Data) > [^*]+)\*")
#: Rows ``| `model` | `method(arguments)` | ...``.
METHOD = re.compile(r"^\| `([\w.]+)` \| `(\w+)\(([^)]*)\)` \|", re.M)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
#: A README is read, a manual is looked things up in.
LONGEST_README = 9_000


def page(name):
    """Return the text of a page, lines joined."""
    return " ".join((ROOT / name).read_text(encoding="utf-8").split())


def names(text):
    """Return the words in a text that are marked as code."""
    return {word for code in re.findall(r"`([^`]+)`", text) for word in re.findall(r"\w+", code)}


@tagged("post_install", "-at_install")
class TestDocs(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})

    def ours(self, model):
        """Return our records of a model, as superuser."""
        found = self.env["ir.model.data"].sudo()
        found = found.search([("module", "=", MODULE), ("model", "=", model)])
        return self.env[model].sudo().browse(found.mapped("res_id")).exists()

    def layers(self):
        """Yield ``(model, room, class)``: what our rooms add to each model."""
        for model in self.env.registry:
            for layer in type(self.env[model]).__mro__:
                if layer.__module__.startswith(ROOMS):
                    yield model, layer.__module__.removeprefix(ROOMS).partition(".")[0], layer

    # -- hooks.md -----------------------------------------------------------------

    def test_what_several_rooms_extend_is_a_hook(self):
        rooms = defaultdict(set)
        for model, room, layer in self.layers():
            for name in layer.__dict__:
                if name.startswith("_sheet_") and callable(getattr(layer, name)):
                    rooms[model, name].add(room)
        shared = {name for (_model, name), found in rooms.items() if len(found) > 1}
        self.assertTrue(shared)
        self.assertEqual(shared - names(page("docs/hooks.md")), set(), "say what they decide")

    def test_hooks_exist(self):
        told, _calls = (ROOT / "docs/hooks.md").read_text(encoding="utf-8").split("## Methods to call")
        hooks = {name for name in names(told) if name.startswith("_")}
        known = {name for *_, layer in self.layers() for name in layer.__dict__}
        self.assertEqual(hooks - known, set(), "there is no such method any more")

    def test_public_methods(self):
        told = {
            (model, name): arguments.split(", ") if arguments else []
            for model, name, arguments in METHOD.findall(
                (ROOT / "docs/hooks.md").read_text(encoding="utf-8")
            )
        }
        found = {}
        for model in self.env.registry:
            for layer in reversed(type(self.env[model]).__mro__):
                for name, method in vars(layer).items():
                    if hasattr(method, "_sheet_called"):
                        _self, *arguments = inspect.signature(method).parameters
                        found[layer._name, name] = arguments
        self.assertEqual(told, found)

    # -- settings.md, jobs.md -------------------------------------------------------

    def test_settings(self):
        told = names(page("docs/settings.md"))
        fields = self.env["res.config.settings"]._fields
        ours = {name for name in fields if name.startswith("sheet_")}
        parameters = self.env["ir.config_parameter"].sudo()
        keys = parameters.search([("key", "=like", f"{MODULE}.%")]).mapped("key")
        keys += [getattr(fields[name], "config_parameter", "") or "" for name in ours]
        ours |= {key.split(".")[1] for key in keys if key}
        self.assertTrue(ours)
        self.assertEqual(ours - told, set())

    def test_settings_exist(self):
        told = {name for name in names(page("docs/settings.md")) if name.startswith("sheet_")}
        fields = {*self.env["res.config.settings"]._fields, *self.env["res.users"]._fields}
        self.assertEqual(told - fields, set())

    def test_jobs(self):
        told = set(re.findall(r"\| \*(Customer Sheet: [^*]+)\* \|", page("docs/jobs.md")))
        self.assertEqual(told, set(self.ours("ir.cron").mapped("name")))

    # -- use.md, administer.md, privacy.md ---------------------------------------------

    def test_menus(self):
        pages = [path.relative_to(ROOT) for path in (ROOT / "docs").glob("*.md")]
        told = {menu for name in (*pages, "README.md") for menu in PATH.findall(page(name))}
        menus = {menu.complete_name.replace("/", " > ") for menu in self.ours("ir.ui.menu")}
        self.assertEqual(menus - told, set(), "no page leads there")
        self.assertEqual(told - menus, set(), "there is no such menu")

    def test_groups(self):
        roles = page("docs/administer.md")
        for group in self.ours("res.groups"):
            self.assertIn(f"| {group.privilege_id.name} / {group.name} |", roles)

    # -- the rooms ---------------------------------------------------------------------

    def test_rooms(self):
        """Each room names its tables, and what others call of it."""
        tables = defaultdict(set)
        for model, room, layer in self.layers():
            is_table = not (self.env[model]._abstract or self.env[model]._transient)
            if is_table and vars(layer).get("_name") == model.removeprefix("_") != "":
                tables[room].add(model)
        for room in sorted(each.name for each in (ROOT / "models").iterdir() if each.is_dir()):
            with self.subTest(room=room):
                self.check_room(ROOT / "models" / room, tables[room])

    def check_room(self, room, tables):
        said = (room / "README.md").read_text(encoding="utf-8")
        parts = re.split(r"^## ", said, flags=re.M)
        titles = [part.partition("\n")[0] for part in parts[1:]]
        self.assertEqual(titles, ["Public names", "Tables", "What must never be"])
        own = {table for table in tables if table.startswith("customer.sheet.")}
        self.assertEqual(own - set(re.findall(r"`([\w.]+)`", parts[2])), set())
        rows = re.findall(r"^\| (`[^|]+`) \|", parts[1], re.M)
        self.assertEqual(names(" ".join(rows)) - defined(room), set())

    # -- all pages ------------------------------------------------------------------------

    def test_links_lead_somewhere(self):
        for path in (ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("models/*/README.md")):
            for link in LINK.findall(path.read_text(encoding="utf-8")):
                self.assertTrue((path.parent / link).exists(), f"{path.name}: {link}")

    def test_the_readme_is_short(self):
        self.assertLess((ROOT / "README.md").stat().st_size, LONGEST_README)


def defined(folder):
    """Return the names that the modules in a folder define, and those of the modules."""
    found = set()
    for path in folder.rglob("*.py"):
        found |= {path.stem, path.parent.name}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found
