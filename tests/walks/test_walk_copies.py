from functools import partial

from lxml import etree

from odoo.tests import tagged
from odoo.tools import str2bool

from .walk_common import HOSTS, WalkCase


@tagged("post_install", "-at_install")
class TestWalkCopies(WalkCase):
    """C3: where a screen offers “Duplicate”, there is a duplicate."""

    def test_what_offers_duplicate_duplicates(self):
        for records in self._offered():
            for record in records.search([], limit=2):
                self.step(f"copy of {record}", partial(self._copy_twice, record), allowed=())

    def _copy_twice(self, record):
        """Copy a record, its copy, and the record once more."""
        record.copy().copy()
        record.copy()

    def test_a_copy_takes_a_free_code(self):
        for model in self.env.registry["customer.sheet.coded.mixin"]._inherit_children:
            first = self.env[model].search([], limit=1)
            copies = first.copy() + first.copy()
            self.assertEqual(copies.mapped("code"), [f"{first.code}_copy", f"{first.code}_copy2"])
            self.assertEqual(copies[0].copy({"code": "chosen"}).code, "chosen")
            both = (first + copies[0]).copy()
            self.assertEqual(len(set((first + copies + both).mapped("code"))), 5)

    def test_a_duplicated_purpose_keeps_its_rules(self):
        purpose = self.env.ref("crm_customer_sheet.consent_purpose_prospecting")
        self.assertEqual(len(purpose.copy().rule_ids), len(purpose.rule_ids))

    def _offered(self):
        """Yield each model, as a role that some screen of it offers “Duplicate”."""
        for model in (*self.own_models(), *HOSTS):
            for user in self.users.values():
                records = self.env[model].with_user(user)
                if records.has_access("read") and any(map(self._offers, self._views(records))):
                    yield records
                    break

    def _views(self, records):
        kinds = self.env["ir.ui.view"].search(
            [("model", "=", records._name), ("type", "in", ("form", "list", "kanban"))]
        )
        for kind in set(kinds.mapped("type")):
            yield etree.fromstring(records.get_view(view_type=kind)["arch"])

    def _offers(self, arch):
        """Tell whether the client offers to duplicate from this view."""
        return all(str2bool(arch.get(action, "1")) for action in ("create", "duplicate"))
