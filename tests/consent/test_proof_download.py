import tempfile

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..people import person
from .packs import unpack, verify


@tagged("post_install", "-at_install")
class TestProofDownload(HttpCase):
    def setUp(self):
        super().setUp()
        group = "crm_customer_sheet.group_sheet_privacy,base.group_user"
        self.officer = new_test_user(self.env, "prover", password="prover_pw1", groups=group)
        person(self.env, "rep", "curious", password="curious_pw1")
        self.ada = self.env["res.partner"].create({"name": "Ada", "email": "ada@example.fr"})
        self.ada._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "given"}], method="phone"
        )
        self.path = f"/customer_sheet/consent/proof/res.partner/{self.ada.id}.zip"

    def test_a_download_is_a_zip_and_is_logged(self):
        self.authenticate("prover", "prover_pw1")
        response = self.url_open(self.path)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/zip")
        self.assertIn("no-store", response.headers["Cache-Control"])
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(verify(unpack(response.content, folder))[0], 0)
        log = self.env["customer.sheet.export.log"].search([], order="id desc", limit=1)
        self.assertEqual(
            (log.kind, log.user_id, log.res_ids), ("proof", self.officer, self.ada.ids)
        )

    @mute_logger("odoo.http")
    def test_nobody_else_gets_it_and_nothing_is_logged(self):
        before = self.env["customer.sheet.export.log"].search_count([])
        self.authenticate("curious", "curious_pw1")
        self.assertEqual(self.url_open(self.path).status_code, 403)
        self.authenticate(None, None)
        self.assertNotIn(b"PK", self.url_open(self.path).content[:2])
        self.authenticate("prover", "prover_pw1")
        unknown = self.env["res.partner"].create({"name": "Unknown"})
        for path in (
            f"/customer_sheet/consent/proof/res.partner/{unknown.id}.zip",
            "/customer_sheet/consent/proof/res.partner/99999999.zip",
            f"/customer_sheet/consent/proof/res.users/{self.officer.id}.zip",
        ):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        self.assertEqual(self.env["customer.sheet.export.log"].search_count([]), before)
