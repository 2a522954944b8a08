"""The workers of the test run, side by side on copies of one database."""

import unittest
from pathlib import Path

from odoo.tests.common import get_db_name
from odoo.tools import config


class TestWorkers(unittest.TestCase):
    def test_each_has_files_of_its_own(self):
        """Odoo removes the files that its database does not know after every class of tests."""
        self.assertEqual(Path(config.filestore(get_db_name())).name, get_db_name())
