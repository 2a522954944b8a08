"""The house: rooms stand on those below them and know only their public names."""

import ast
import re
import unittest
from collections import defaultdict

from .. import paths

MODELS = paths.ROOT / "models"
#: Each stands on those before it.  Two of one floor know nothing of each other.
FLOORS = [
    {"sheet"},
    {"quality", "consent"},
    {"duplicates", "qualification"},
    {"routing"},
    {"collection"},
    {"overview", "privacy"},
    {"steering"},
]
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
MOST_LINES = 400  # a file holds one idea
#: Names of Odoo's own that a room of ours has too.
STOCK = {"_auto", "_compute_domain", "_field_to_sql", "_name", "_origin", "_search", "_trigger"}


class TestRooms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = {}
        for path in sorted(MODELS.rglob("*.py")):
            if path.parent != MODELS:
                cls.files[path] = ast.parse(path.read_text(encoding="utf-8"))

    def test_every_room_has_a_floor_and_a_page(self):
        rooms = {path.parent.name for path in MODELS.glob("*/__init__.py")}
        self.assertEqual(rooms, set(FLOOR))
        without = [room for room in rooms if not (MODELS / room / "README.md").exists()]
        self.assertEqual(without, [])

    def test_no_arrow_up(self):
        """An import or a name of a room above, or of one on the same floor."""
        wrong = [
            f"{path.relative_to(MODELS)}: {room}"
            for path, tree in self.files.items()
            for room in _imported_rooms(path, tree)
            if room != _room(path) and FLOOR[room] >= FLOOR[_room(path)]
        ]
        self.assertEqual(wrong, [])

    def test_no_private_name_of_another_room(self):
        """Public names of a room stand in its page."""
        public = {room: _names_in(MODELS / room / "README.md") for room in FLOOR}
        homes = self.homes()
        wrong = []
        for path, tree in self.files.items():
            for name in _private_names(tree):
                rooms = homes.get(name, set())
                if not rooms or _room(path) in rooms:
                    continue
                below = {room for room in rooms if FLOOR[room] < FLOOR[_room(path)]}
                if not any(name in public[room] for room in below):
                    wrong.append(f"{path.relative_to(MODELS)}: {name} of {' '.join(rooms)}")
        self.assertEqual(wrong, [])

    def test_a_file_holds_one_idea(self):
        folders = ("models", "controllers", "wizards", "tools")
        files = [path for folder in folders for path in (paths.ROOT / folder).rglob("*.py")]
        lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
        self.assertEqual([path for path, count in lines.items() if count > MOST_LINES], [])

    def homes(self):
        """Return the rooms that define each name that starts with an underscore."""
        homes = defaultdict(set)
        for path, tree in self.files.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and _is_private(node.name):
                    homes[node.name].add(_room(path))
        return homes


def _room(path):
    return path.relative_to(MODELS).parts[0]


def _imported_rooms(path, tree):
    package = path.relative_to(MODELS).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and 0 < node.level <= len(package) + 1:
            base = package[: len(package) - node.level + 1]
            parts = [*base, *(node.module or "").split(".")]
            yield from {parts[0]} & set(FLOOR)


def _private_names(tree):
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {node.attr for node in nodes if _is_private(node.attr)}


def _is_private(name):
    return name.startswith("_") and not name.startswith("__") and name not in STOCK


def _names_in(page):
    return set(re.findall(r"\b_\w+", page.read_text(encoding="utf-8")))
