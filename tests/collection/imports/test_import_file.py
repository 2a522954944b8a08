"""A file is taken, read as it should be, and kept no longer than needed."""

import base64
import hashlib
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ....models.collection.audit import desk as audit
from ....models.collection.settings import IMPORT_ROWS
from .import_file_common import FILES, FileCase

_TEXT = "Nom;E-mail\nDupont;a@dupont.example\nDurand;b@durand.example\n"


@tagged("post_install", "-at_install")
class TestImportFile(FileCase):
    def test_what_was_found_is_shown_and_can_be_changed(self):
        desk = self.nasty("windows.csv")
        look = desk.desk()["look"]
        self.assertEqual((look["encoding"], look["separator"]), ("cp1252", ";"))
        self.assertEqual(look["headers"], ["Société", "Ville", "CA", "Notes"])
        self.assertIn("Orléans", look["sample"][0])
        look = desk.choose({"encoding": "mac_roman"})["look"]
        self.assertNotIn("Orléans", look["sample"][0])
        look = desk.choose({"encoding": "cp1252", "header_row": 0})["look"]
        self.assertEqual(look["headers"], ["", "", "", ""])

    def test_a_file_is_read_with_its_rows_as_they_are(self):
        desk = self.nasty("numbers.csv")
        self.assertEqual(desk.look_through()["state"], "read")
        self.assertEqual(self.cells(desk)[2], ["Atelier Un", "7.32829E+13", "612345678", "1000"])
        self.assertEqual(desk.column_ids.mapped("header")[:2], ["Raison sociale", "SIRET"])

    def test_another_choice_reads_anew(self):
        desk = self.begin(_TEXT)
        desk.look_through()
        self.assertEqual(desk.choose({"header_row": 0})["state"], "chosen")
        self.assertFalse(desk.row_ids)
        desk.look_through()
        self.assertEqual(sorted(self.cells(desk)), [1, 2, 3])

    def test_what_cannot_be_read_says_what_to_do(self):
        for name, words in {
            "password.xlsx": "password",
            "letter.docx": "no table",
            "cut_off.xlsx": "damaged",
            "blank.csv": "nothing",
        }.items():
            with self.subTest(file=name), self.assertRaisesRegex(UserError, words):
                self.nasty(name)

    def test_what_is_no_choice_is_refused(self):
        desk = self.begin(_TEXT)
        for choices in ({"header_row": -1}, {"header_row": "2"}, {"sheet": 3}, {"encoding": ""}):
            with self.subTest(choices), self.assertRaises(UserError):
                desk.choose(choices)
        with self.assertRaises(UserError):
            self.nasty("zeros.xlsx").choose({"sheet": "Nowhere"})
        look = desk.choose({"encoding": "rot13", "separator": "||"})["look"]
        self.assertEqual((look["encoding"], look["separator"]), ("utf-8", ";"))

    def test_a_bigger_file_is_read_in_the_background(self):
        text = "Nom;Ville\n" + "".join(f"Client {n};Lyon\n" for n in range(2_500))
        IMPORT_ROWS.keep(self.env, 3_000)
        desk = self.begin(text)
        self.assertEqual(desk.look_through()["state"], "running")
        with self.assertRaises(UserError):
            desk.choose({"header_row": 0})
        self.env["customer.sheet.import"].sudo()._step()
        self.assertEqual((desk.state, desk.total), ("read", 2_500))
        self.assertEqual(len(self.cells(desk)), 2_500)

    def test_what_was_stopped_is_read_from_its_start(self):
        desk = self.begin(_TEXT)
        desk.sudo()._start("read", 2)
        self.assertEqual(desk.stop()["state"], "stopped")
        self.assertEqual(desk.again()["state"], "running")
        desk.sudo()._advance()
        self.assertEqual(sorted(self.cells(desk)), [2, 3])
        desk.look_through()
        self.assertEqual(sorted(self.cells(desk)), [2, 3])

    def test_a_job_that_is_stopped_ends_with_its_batch(self):
        desk = self.begin("Nom\n" + "".join(f"Client {n}\n" for n in range(9)))
        job = desk.sudo()
        job._start("read", 9)

        def stop(*_args, **_kwargs):
            job.stop()

        with (
            patch.object(audit, "_BATCH", 3),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", stop),
        ):
            job._advance()
        self.assertEqual((desk.state, len(self.cells(desk))), ("stopped", 3))
        desk.again()
        job._advance()
        self.assertEqual((desk.state, len(self.cells(desk))), ("read", 9))

    # -- who may -----------------------------------------------------------------------

    def test_reps_import_leads_up_to_a_limit(self):
        IMPORT_ROWS.keep(self.env, 1)
        desk = self.begin(_TEXT)
        shown = desk.look_through()
        self.assertEqual(shown["state"], "failed")
        self.assertIn("data steward", shown["failure"])
        self.assertFalse(desk.row_ids)
        self.assertEqual(self.begin(_TEXT, user=self.steward).look_through()["state"], "read")

    def test_contacts_are_for_stewards(self):
        with self.assertRaisesRegex(AccessError, "steward"):
            self.begin(_TEXT, host="res.partner")
        desk = self.begin(_TEXT)
        self.assertEqual([code for code, _label in desk.desk()["hosts"]], ["crm.lead"])
        with self.assertRaises(AccessError):
            desk.change_host("res.partner")
        self.steward.group_ids += self.env.ref("base.group_partner_manager")
        mine = self.begin(_TEXT, user=self.steward)
        self.assertEqual(mine.change_host("res.partner")["host"], "res.partner")

    def test_nobody_sees_the_file_of_another_rep(self):
        desk = self.begin(_TEXT).with_user(self.rival)
        with self.assertRaises(AccessError):
            desk.desk()
        with self.assertRaises(AccessError):
            desk.read(["content"])
        self.assertTrue(desk.with_user(self.steward).desk()["look"])

    # -- how long ------------------------------------------------------------------------

    def test_the_file_goes_and_its_hash_stays(self):
        desk = self.begin(_TEXT)
        desk.look_through()
        desk.sudo()._write({"create_date": fields.Datetime.now() - timedelta(days=31)})
        desk.invalidate_recordset()
        young = self.begin(_TEXT)
        self.env["customer.sheet.import"]._cron_forget()
        self.assertFalse(desk.content)
        self.assertFalse(desk.row_ids)
        self.assertEqual(desk.column_ids.mapped("header"), ["Nom", "E-mail"])
        self.assertNotIn("dupont", str(desk.desk()))
        self.assertEqual(desk.sha256, hashlib.sha256(_TEXT.encode()).hexdigest())
        self.assertEqual(base64.b64decode(young.content), _TEXT.encode())
        with self.assertRaisesRegex(UserError, "deleted"):
            desk.choose({"header_row": 0})

    def test_an_import_is_logged_with_its_file(self):
        desk = self.begin(_TEXT)
        desk.look_through()
        lead = self.env["crm.lead"].create({"name": "Dupont", "user_id": self.rep.id})
        log = desk.sudo()._log_import(lead.ids)
        self.assertEqual((log.kind, log.record_count, log.user_id), ("import", 1, self.rep))
        self.assertEqual((log.file_name, log.file_hash), ("clients.csv", desk.sha256))

    def test_all_nasty_files_are_read_or_refused_in_words(self):
        for path in sorted(FILES.iterdir()):
            with self.subTest(file=path.name):
                try:
                    desk = self.nasty(path.name, self.steward)
                    desk.sudo()._start("read", 1)
                    desk.sudo()._advance()
                    self.assertEqual(desk.state, "read")
                except UserError as error:
                    self.assertIn(path.name, str(error))
