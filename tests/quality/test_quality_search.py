from odoo.tests import tagged

from ..plans import indexes_of
from .common import QualityCase


@tagged("post_install", "-at_install")
class TestQualitySearch(QualityCase):
    """C3 at size: what the checks found is looked up, not read through."""

    FILTERS = (
        ("findings", [("sheet_email_status", "=", "invalid")]),
        ("findings", [("sheet_email_status", "=", "doubtful")]),
        ("findings", [("sheet_phone_status", "in", ["doubtful", "invalid"])]),
        (
            "findings",
            ["|", ("sheet_phone_status", "=", "invalid"), ("sheet_phone2_status", "=", "invalid")],
        ),
        (
            "findings",
            [
                "|",
                ("sheet_registry_status", "in", ["doubtful", "invalid"]),
                ("sheet_vat_status", "in", ["doubtful", "invalid"]),
            ],
        ),
        ("status", [("sheet_status", "=", "verified")]),
        ("status", [("sheet_status", "=", "doubtful")]),
        ("proposals", [("sheet_proposals", "!=", False)]),
        ("stale", [("sheet_stale", "!=", False)]),
        ("stale", [("sheet_stale", "in", ["email"])]),
    )

    def test_each_filter_has_its_index(self):
        for host in ("crm.lead", "res.partner"):
            table = self.env[host]._table
            for index, domain in self.FILTERS:
                with self.subTest(host=host, domain=domain):
                    used = indexes_of(self.env[host], domain)
                    self.assertEqual(used, {f"{table}_sheet_{index}_index"})

    def test_old_answers_are_found_by_code(self):
        old, older, fresh = leads = self.env["crm.lead"].concat(*(self.lead() for _n in range(3)))
        old.sudo()._sheet_stamp({"sheet_stale": ["email"]})
        older.sudo()._sheet_stamp({"sheet_stale": ["email", "phone"]})
        for value, found in (
            ("email", old | older),
            (["phone"], older),
            (["phone", False], older | fresh),
            (False, fresh),
            (["budget"], self.env["crm.lead"]),
        ):
            with self.subTest(value=value):
                mine = [("id", "in", leads.ids)]
                self.assertEqual(leads.search([*mine, ("sheet_stale", "=", value)]), found)
                self.assertEqual(leads.search([*mine, ("sheet_stale", "!=", value)]), leads - found)
