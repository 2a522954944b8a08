"""Every example in a docstring holds."""

import doctest
import importlib
import pkgutil
from pathlib import Path

from odoo.tests import BaseCase, tagged

from .. import controllers, models, tools


def _modules_with_examples():
    for package in (tools, models, controllers):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            source = Path(info.module_finder.path, f"{info.name.rpartition('.')[2]}.py")
            if not info.ispkg and ">>> " in source.read_text(encoding="utf-8"):
                yield importlib.import_module(info.name)


@tagged("post_install", "-at_install")
class TestExamples(BaseCase):
    def test_examples_in_docstrings_hold(self):
        checked = 0
        for module in _modules_with_examples():
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertFalse(result.failed)
                checked += result.attempted
        self.assertGreater(checked, 200)
