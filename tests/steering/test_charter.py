from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestCharter(ReviewCase):
    """What people may do, beside what they are to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = cls.env["customer.sheet.charter.line"]

    def of(self, act, group):
        line = self.lines.search([("act", "=", act), ("group_id", "=", self.env.ref(group).id)])
        line.invalidate_recordset()
        return line

    def concerned(self, act, group):
        line = self.of(act, group)
        return line.difference, line.people or ""

    def test_who_has_a_part_and_the_rights_is_no_difference(self):
        line = self.of("create", "sales_team.group_sale_salesman")
        self.assertEqual(line.role, "r")
        self.assertEqual(line.able_count, line.member_count)
        self.assertFalse(line.difference)

    def test_who_can_export_without_a_part_in_it_is_named(self):
        thief = new_test_user(
            self.env, "thief", groups="base.group_user,base.group_allow_export", name="Thief"
        )
        difference, people = self.concerned("export", "base.group_user")
        self.assertEqual(difference, "excess")
        self.assertIn("Thief", people)
        thief.group_ids -= self.env.ref("base.group_allow_export")
        self.assertNotIn("Thief", self.concerned("export", "base.group_user")[1])

    def test_who_is_to_do_it_and_cannot_is_named(self):
        line = self.of("publish", "crm_customer_sheet.group_sheet_steward")
        self.assertFalse(line.difference)
        line.with_user(self.manager).role = "r"
        self.assertEqual(line.difference, "missing")
        self.assertIn(self.steward.name, line.people)
        self.assertNotIn(self.manager.name, line.people)

    def test_rights_are_those_in_force(self):
        rule = self.env.ref("crm.access_crm_lead")
        self.assertFalse(self.of("delete", "sales_team.group_sale_salesman").difference)
        rule.perm_unlink = True
        self.assertEqual(self.of("delete", "sales_team.group_sale_salesman").difference, "excess")

    def test_differences_are_found_and_are_a_control(self):
        control = self.env["customer.sheet.control"].sudo()
        different = self.lines.search([("difference", "!=", False)])
        for line in different:  # of people who are there before
            line.role = "a" if line.difference == "excess" else False
        while different := self.lines.search([("difference", "!=", False)]):
            different.role = "a"
        self.assertTrue(control._check_charter().ok)
        new_test_user(
            self.env, "thief", groups="base.group_user,base.group_allow_export", name="Thief"
        )
        self.of("export", "base.group_user").role = False
        self.lines.invalidate_model()
        self.assertFalse(control._check_charter().ok)

    def test_managers_write_it_stewards_read_it(self):
        line = self.of("merge", "base.group_user")
        with self.assertRaises(AccessError):
            line.with_user(self.steward).role = "r"
        line.with_user(self.manager).role = "i"
        self.assertIn(self.manager.name, line.sheet_changes)
        with self.assertRaises(AccessError):
            line.with_user(self.manager).act = "delete"

    def test_it_is_printed_as_a_table(self):
        action = self.lines.with_user(self.steward).action_print()
        report = self.env["ir.actions.report"].with_user(self.steward)
        html, _kind = report._render_qweb_html(
            action["report_name"], action["context"]["active_ids"]
        )
        self.assertIn("Publish the catalogue", html.decode())
        self.assertIn("Answers for it", html.decode())
