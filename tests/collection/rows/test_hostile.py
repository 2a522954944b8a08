import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from ..imports.import_file_common import FileCase
from .import_common import ADA, COLUMNS, ImportCase, person


@tagged("post_install", "-at_install")
class TestHostile(ImportCase):
    """A file, or a program, that asks for more than its person may have."""

    def test_titles_are_no_way_to_any_field(self):
        named = (
            *("user_id", "company_id", "sheet_status", "sheet_completeness", "reference", "type"),
            *("field:company_id", "field:sheet_status", "field:sheet_completeness", "field:active"),
            *("field:partner_id", "field:probability", "field:won_status", "field:sheet_score"),
            *("field:create_uid", "field:message_ids", "field:password", "field:group_ids"),
            *("field:sheet_verified_on", "field:sheet_proposals", "field:sheet_answer_dates"),
        )
        row = ["1"] * len(named)
        desk = self.desk([*row, *person(1)], columns=(*named, *COLUMNS))
        protected = self.env["crm.lead"]._sheet_protected_fields()
        for column in desk.column_ids:
            target = column.target or ""
            self.assertNotIn(target.removeprefix("field:"), protected)
            self.assertTrue(target in ("", *COLUMNS, "field:user_id"), target)
        for code in named[6:]:
            with self.assertRaises(UserError):
                desk.map_column(desk.column_ids[0].id, code)
        desk.check()
        self.work(desk)
        desk.run()
        self.work(desk)
        lead = desk.row_ids.lead_id
        self.assertEqual((lead.company_id, lead.user_id), (self.env.company, self.rep))
        self.assertTrue(lead.active)

    def test_methods_on_imports_of_others(self):
        desk = self.checked(person(1))
        column = desk.column_ids[0]
        calls = {
            "desk": (),
            "open_desk": (),
            "check": (),
            "run": (),
            "stop": (),
            "again": (),
            "take_back": (),
            "workbook": (),
            "look_through": (),
            "audit_report": (),
            "choose": ({"header_row": 1},),
            "change_host": ("crm.lead",),
            "set_policy": ({"owner": "me"},),
            "map_column": (column.id, ""),
            "map_values": (column.id, "skip"),
            "open_rows": (),
            "open_records": (),
        }
        other = self.env["res.company"].create({"name": "Elsewhere"})
        elsewhere = new_test_user(
            self.env,
            "elsewhere",
            groups="sales_team.group_sale_manager,crm_customer_sheet.group_sheet_steward",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        portal = new_test_user(self.env, "door", groups="base.group_portal")
        plain = new_test_user(self.env, "plain", groups="base.group_user")
        for user in (self.rival, elsewhere, portal, plain, self.env.ref("base.public_user")):
            for name, arguments in calls.items():
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    getattr(desk.with_user(user), name)(*arguments)
        for user in (portal, plain, self.env.ref("base.public_user")):
            desks = self.imports.with_user(user)
            for call in (desks.offered, lambda d=desks: d.template("crm.lead")):
                with self.assertRaises(AccessError):
                    call()
            with self.assertRaises(AccessError):
                desks.begin("x.csv", base64.b64encode(b"Nom;E-mail\na;b@c.fr").decode(), "crm.lead")

    def test_columns_and_values_of_others(self):
        mine, theirs = self.desk(person(1)), self.desk(person(2), user=self.rival)
        with self.assertRaises(UserError):
            mine.map_column(theirs.sudo().column_ids[0].id, "")
        self.assertEqual(theirs.sudo().column_ids[0].target, COLUMNS[0])

    def test_who_a_known_customer_belongs_to_stays(self):
        lead = self.known_lead(self.rival)
        columns = (*COLUMNS[:3], "field:user_id", "field:tag_ids")
        desk = self.checked(
            [*ADA, self.rep.name, None], columns=columns, user=self.steward, existing="overwrite"
        )
        self.assertIn("stays as it is", desk.row_ids.problem_text)
        desk.run()
        self.work(desk)
        self.assertEqual(lead.user_id, self.rival)

    def test_a_name_that_is_a_formula(self):
        evil = "=cmd|' /C calc'!A0"
        desk = self.imported([evil, "@SUM(1)", "no address", "+1+1", "-2+3"])
        book = openpyxl.load_workbook(io.BytesIO(desk._workbook()))
        kinds = {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value}
        self.assertNotIn("f", kinds)
        self.assertEqual(book.active.cell(3, 1).value, evil)


@tagged("post_install", "-at_install")
class TestHostileFile(FileCase):
    def test_paths_and_signs_in_names(self):
        for name in ("../../etc/passwd", "a\r\nSet-Cookie: x.csv", "é" * 400, "", "<b>x</b>.csv"):
            desk = self.begin("Nom;E-mail\nAda;ada@engines.fr\n", name)
            self.assertTrue(desk.desk()["look"]["headers"])


@tagged("post_install", "-at_install")
class TestHostileRoutes(HttpCase):
    def test_who_may_not_export_gets_no_records_of_an_import(self):
        groups = "sales_team.group_sale_salesman"
        rep = new_test_user(self.env, "no_export", password="no_export1", groups=groups)
        rep.group_ids -= self.env.ref("base.group_allow_export")
        lead = self.env["crm.lead"].create({"name": "Known", "user_id": rep.id})
        logs = self.env["customer.sheet.export.log"].with_user(rep)
        self.authenticate("no_export", "no_export1")
        for kind in ("import", "export"):
            log = logs._note("crm.lead", lead.ids, kind)
            response = self.url_open(f"/customer_sheet/export/{log.id}.xlsx")
            self.assertEqual(response.status_code, 404, kind)
