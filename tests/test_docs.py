"""The pages say everything that there is, and nothing that there is not."""

import ast
import inspect
import re
from collections import defaultdict
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from ..models.sheet import life, settings

MODULE = "crm_customer_sheet"
ROOT = Path(__file__).parents[1]
FRENCH = ROOT / "docs" / "fr"
#: Where the classes of the rooms come from: what follows is the name of the room.
ROOMS = f"odoo.addons.{MODULE}.models."

#: A menu, as ``*CRM > Configuration > ...*``.
MENU = re.compile(r"(?<!\*)\*((?:CRM|Customer Data|Données clients)(?: > [^*]+)?)\*")
#: The rows ``| `model` | `method(arguments)` | ...`` of public methods.
METHOD = re.compile(r"^\| `([\w.]+)` \| `(\w+)\(([^)]*)\)` \|", re.M)
#: The first cells of a table.
FIRST = re.compile(r"^\| ([^|]+) \|", re.M)
LINK = re.compile(r"\]\(([^)#:]+)(?:#([^)]*))?\)")
#: The guides, and the same in French.
GUIDES = {
    "use": "vendeur",
    "steward": "referent",
    "privacy": "dpo",
    "administer": "administrateur",
}
#: The pages that they lead to; all others are for those who develop or decide, in English.
PAGES = {
    "segments": "segments",
    "registers": "registres",
    "collect-paste": "coller",
    "collect-api": "api",
    "settings": "parametres",
    "jobs": "taches",
}


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def codes(page):
    """Return what a page marks as code."""
    return set(re.findall(r"`([^`\n]+)`", page))


def words(page):
    """Return the single words in what a page marks as code."""
    return {word for code in codes(page) for word in re.findall(r"\w+", code)}


def defined(folder):
    """Return the names that the Python files of a folder define."""
    found = set()
    for path in folder.rglob("*.py"):
        found.add(path.stem)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found


@tagged("post_install", "-at_install")
class TestDocs(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})

    def ours(self, model):
        """Return our records of a model, as superuser."""
        names = self.env["ir.model.data"].sudo()
        names = names.search([("module", "=", MODULE), ("model", "=", model)])
        return self.env[model].sudo().browse(names.mapped("res_id")).exists()

    def layers(self):
        """Yield ``(model, room, class)`` of what our rooms make of each model."""
        for model in self.env.registry:
            for layer in type(self.env[model]).__mro__:
                if layer.__module__.startswith(ROOMS):
                    yield model, layer.__module__.removeprefix(ROOMS).partition(".")[0], layer

    # -- hooks.md, develop.md -------------------------------------------------------

    def test_what_several_rooms_extend_is_a_hook(self):
        rooms = defaultdict(set)
        for model, room, layer in self.layers():
            for name, method in vars(layer).items():
                if name.startswith("_sheet_") and callable(method):
                    rooms[model, name].add(room)
        hooks = {name for (_model, name), found in rooms.items() if len(found) > 1}
        self.assertTrue(hooks)
        self.assertEqual(hooks - words(text("docs/hooks.md")), set(), "say what they decide")

    def test_hooks_exist(self):
        told, _calls = text("docs/hooks.md").split("## Methods to call")
        hooks = {code for code in codes(told) if code.startswith("_") and code.isidentifier()}
        known = {name for _model, _room, layer in self.layers() for name in vars(layer)}
        self.assertTrue(hooks)
        self.assertEqual(hooks - known, set(), "there is no such method")

    def test_public_methods(self):
        told = {
            (model, name): arguments.split(", ") if arguments else []
            for model, name, arguments in METHOD.findall(text("docs/hooks.md"))
        }
        found = {}
        for model in self.env.registry:
            for layer in reversed(type(self.env[model]).__mro__):
                for name, method in vars(layer).items():
                    if hasattr(method, "_sheet_called"):
                        _self, *arguments = inspect.signature(method).parameters
                        found[layer._name, name] = arguments
        self.assertEqual(found.keys() - told.keys(), set(), "tell what they do")
        self.assertEqual(told.keys() - found.keys(), set(), "there is no such method")
        for method, arguments in found.items():
            self.assertEqual(told[method], arguments, method)

    def test_the_order_of_the_listeners(self):
        self.assertIn(life.printed(), text("docs/develop.md"))

    # -- settings.md, jobs.md -------------------------------------------------------

    def test_settings(self):
        told = text("docs/settings.md")
        for row in settings.rows(self.env):
            with self.subTest(row["field"]):
                self.assertIn(f"| {row['label']} | `{row['field']}`", told)
                key = row["key"].partition(".")[2]
                if key != row["field"].removeprefix("sheet_"):
                    self.assertIn(f"`{row['field']}` (`{key}`)", told)

    def test_fields_and_parameters(self):
        told = words(text("docs/settings.md"))
        fields = {n for n in self.env["res.config.settings"]._fields if n.startswith("sheet_")}
        self.assertEqual(fields - told, set())
        known = fields.union(self.env["res.users"]._fields)
        self.assertEqual({word for word in told if word.startswith("sheet_")} - known, set())
        parameters = self.env["ir.config_parameter"].sudo()
        keys = parameters.search([("key", "=like", f"{MODULE}.%")]).mapped("key")
        keys = {key.split(".")[1] for key in keys}
        self.assertEqual({key for key in keys if not {key, f"sheet_{key}"} & told}, set())

    def test_jobs(self):
        told = {cell.strip("*") for cell in FIRST.findall(text("docs/jobs.md"))}
        jobs = set(self.ours("ir.cron").mapped("name"))
        self.assertTrue(jobs)
        self.assertEqual({cell for cell in told if cell.startswith("Customer Sheet: ")}, jobs)
        chores = {chore.title for chore in self.env["customer.sheet.chore"]._chores()}
        self.assertEqual(chores - told, set())

    # -- use.md, administer.md, privacy.md --------------------------------------------

    def test_menus(self):
        pages = [path.relative_to(ROOT) for path in ROOT.glob("docs/*.md")]
        told = self.told_menus([*pages, "README.md"])
        menus = self.menus("en_US")
        self.assertTrue(menus)
        self.assertEqual(menus - told, set(), "no page leads there")
        self.assertEqual(told - menus, set(), "there is no such menu")

    def test_french_menus(self):
        if not self.env["res.lang"]._get_data(code="fr_FR"):
            self.skipTest("French is not installed")
        told = self.told_menus(FRENCH.glob("*.md"))
        self.assertTrue(told)
        self.assertEqual(told - self.menus("fr_FR"), set(), "there is no such menu")

    def told_menus(self, pages):
        """Return the menus that pages name."""
        return {" ".join(menu.split()) for page in pages for menu in MENU.findall(text(page))}

    def menus(self, lang):
        """Return our menus, as their path in a language."""
        self.env.invalidate_all()
        menus = self.ours("ir.ui.menu").with_context(lang=lang)
        names = (menu.complete_name.replace("/", " > ") for menu in menus)
        return {" ".join(name.split()) for name in names}  # in French some spaces do not break

    def test_roles(self):
        roles = FIRST.findall(text("docs/administer.md"))
        for group in self.ours("res.groups"):
            self.assertIn(f"{group.privilege_id.name} / {group.name}", roles)

    # -- the rooms ---------------------------------------------------------------------

    def test_rooms(self):
        """Each room names its tables, and what others call of it."""
        homes = {
            model: room
            for model, room, layer in self.layers()
            if layer._name == model and model not in layer._inherit
        }
        for folder in (each.parent for each in ROOT.glob("models/*/__init__.py")):
            with self.subTest(folder.name):
                titles, (names, tables, _never) = self.parts(f"models/{folder.name}/README.md")
                self.assertEqual(titles, ["Public names", "Tables", "What must never be"])
                own = {m for m, room in homes.items() if room == folder.name and self.is_kept(m)}
                self.assertEqual(own - codes(tables), set(), "how long do its rows live?")
                public = words(" ".join(FIRST.findall(names)))
                self.assertEqual(public - defined(folder), set(), "there is no such name")

    def parts(self, name):
        """Return the titles and the texts of the sections of a page."""
        parts = re.split(r"^## (.+)$", text(name), flags=re.M)
        return parts[1::2], parts[2::2]

    def is_kept(self, model):
        return not (self.env[model]._abstract or self.env[model]._transient)

    # -- all pages ------------------------------------------------------------------------

    def test_links_lead_somewhere(self):
        pages = [
            ROOT / "README.md",
            *ROOT.glob("docs/**/*.md"),
            *ROOT.glob("models/*/README.md"),
        ]
        for page in pages:
            for link, section in LINK.findall(page.read_text(encoding="utf-8")):
                target = page.parent / link
                self.assertTrue(target.exists(), f"{page}: {link}")
                if section:
                    titles = re.findall("^#+ (.+)$", target.read_text(encoding="utf-8"), re.M)
                    self.assertIn(section, map(self.anchor, titles), f"{page}: {link}")

    def anchor(self, title):
        """Return how a title is linked to."""
        return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")

    def test_guides_say_the_same_in_french(self):
        for english, french in (GUIDES | PAGES).items():
            with self.subTest(french):
                sections, _parts = self.parts(f"docs/{english}.md")
                translated, _parts = self.parts(f"docs/fr/{french}.md")
                self.assertEqual(len(translated), len(sections), translated)
                self.assertIn(f"docs/fr/{french}.md", text("README.md"))
                if english in PAGES:
                    rows = [
                        FIRST.findall(text(f"docs/{page}.md")) for page in (english, f"fr/{french}")
                    ]
                    self.assertEqual(*map(len, rows))
                else:
                    self.assertIn("![", text(f"docs/fr/{french}.md"))
        settings = [codes(text(page)) for page in ("docs/settings.md", "docs/fr/parametres.md")]
        self.assertEqual(*settings)

    def test_the_readme_is_what_one_reads_first(self):
        self.assertLessEqual(len(text("README.md").encode()), 9_000)
