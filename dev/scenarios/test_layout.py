"""Odoo runs only tests that are imported by name, from files with different names."""

import ast
import unittest
from collections import Counter

from .. import paths

TESTS = paths.ROOT / "tests"


class TestLayout(unittest.TestCase):
    def test_every_test_module_is_imported(self):
        found = {path.stem for path in TESTS.rglob("test_*.py")}
        self.assertEqual(found - _imported(), set(), "not imported in tests/__init__.py")

    def test_file_names_are_unique(self):
        counts = Counter(path.stem for path in TESTS.rglob("test_*.py"))
        twice = [name for name, count in counts.items() if count > 1]
        self.assertEqual(twice, [], "Odoo would run only one of these")


def _imported():
    tree = ast.parse((TESTS / "__init__.py").read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in imports for alias in node.names}
