"""Odoo runs only tests that are imported by name, from files with different names."""

import ast
import unittest
from collections import Counter

from .. import paths

TESTS = paths.ROOT / "tests"


class TestLayout(unittest.TestCase):
    def test_every_test_module_is_imported(self):
        found = {path.stem for path in TESTS.rglob("test_*.py")}
        self.assertEqual(found - _imported(), set(), "Odoo would not run these")

    def test_file_names_are_unique(self):
        counts = Counter(path.stem for path in TESTS.rglob("test_*.py"))
        twice = [name for name, count in counts.items() if count > 1]
        self.assertEqual(twice, [], "Odoo would run only one of these")

    def test_what_commands_take_from_the_tools_is_there(self):
        """Odoo never loads the commands: nothing else notices that a file has moved."""
        taken = {
            f"{node.module.replace('.', '/')}/{alias.name}.py"
            for path in sorted((paths.ROOT / "dev").glob("*.py"))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and not node.level
            if (node.module or "").partition(".")[0] == "tools"
            for alias in node.names
        }
        self.assertTrue(taken)
        self.assertEqual([name for name in taken if not (paths.ROOT / name).exists()], [])

    def test_every_class_stands_on_one_of_odoo(self):
        """R1: its runner stops at a class that knows nothing of Odoo's tags and modules."""
        files = [ast.parse(path.read_text(encoding="utf-8")) for path in TESTS.rglob("*.py")]
        nodes = [node for tree in files for node in ast.walk(tree)]
        bases = [ast.unparse(b) for n in nodes if isinstance(n, ast.ClassDef) for b in n.bases]
        self.assertIn("BaseCase", bases)
        plain = {"unittest.TestCase", "TestCase", "unittest.IsolatedAsyncioTestCase"}
        self.assertEqual(plain.intersection(bases), set())


def _imported(folder=TESTS):
    """The names that a package's `__init__.py` imports, those of `import *` included."""
    tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
    names = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            found = {alias.name for alias in node.names}
            names |= _imported(folder / node.module) if found == {"*"} else found
    return names
