"""A restored backup brings nobody back: who was erased is noticed, restricted, erased again."""

import base64
import json
import tempfile
from pathlib import Path
from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...models.privacy.replay import outside

OFFICER = "crm_customer_sheet.group_sheet_privacy"
ENTRY = "odoo.addons.crm_customer_sheet.models.privacy.replay.entry"


class ReplayCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        place = patch.object(outside, "path", lambda register: folder / f"{register}.jsonl")
        cls.enterClassContext(place)
        cls.officer = new_test_user(cls.env, "replay_officer", groups=OFFICER, email="o@x.example")
        cls.entries = cls.env["customer.sheet.erasure.entry"]
        cls.replays = cls.env["customer.sheet.erasure.replay"]
        cls.name = cls.entries._register_name()

    def setUp(self):
        super().setUp()
        self.file.unlink(missing_ok=True)

    @property
    def file(self):
        return outside.path(self.name)

    def person(self, name="Zoé Quill"):
        return self.env["res.partner"].create({"name": name, "email": "zoe@quill.example"})

    def lines(self, *records, **values):
        """What the file would say of the erasure of each record, none of which the table has."""
        lines, before = [], ""
        for record in records:
            rows = [[record._name, record.id, record.create_date.isoformat()]]
            said = {"database": self.entries._database(), "erasure": 7, **values}
            said |= {"register": self.name, "date": "2026-11-30T10:00:00", "rows": rows}
            lines.append(outside.signed(said, before, self.entries._pepper()))
            before = lines[-1]["hash"]
        return lines

    def restored(self, *records, **values):
        """The replay that the next look makes of these erasures."""
        outside.append(self.name, self.lines(*records, **values))
        self.entries._look()
        return self.replays.search([], limit=1, order="id desc")


@tagged("post_install", "-at_install")
class TestPrivacyReplay(ReplayCase):
    def test_who_is_back_is_restricted_and_the_officers_are_told(self):
        zoe, other = self.person(), self.person("Other")
        replay = self.restored(zoe)
        self.assertEqual(replay.display_name, "Restored from before one erasure")
        self.assertEqual(replay.line_ids.mapped("outcome"), ["back"])
        self.assertEqual(zoe.sheet_restricted_ground, "restored")
        self.assertFalse(other.sheet_restricted_on)
        told = self.env["mail.activity"].search([("user_id", "=", self.officer.id)])
        self.assertEqual(told.mapped("summary"), [replay.display_name])
        self.entries._look()
        self.assertEqual(self.replays.search_count([]), 1, "it is noticed once")

    def test_the_page_the_control_and_the_client_say_so(self):
        replay = self.restored(self.person())
        desk = self.env["customer.sheet.desk"].with_user(self.officer)
        [line] = [each for each in desk._due() if each.code == f"replay_{replay.id}"]
        self.assertIn("Records that are back: 1", line.words)
        self.assertIn("restored", self.replays.with_user(self.officer)._open_words())
        control = self.env["customer.sheet.control"]
        self.assertEqual(control._check_erasures().ok, False)
        replay.with_user(self.officer).action_leave()
        self.assertEqual(control._check_erasures().ok, True)
        self.assertFalse(self.replays._open_words())

    def test_another_record_with_the_same_number_is_left_alone(self):
        newcomer, moment = self.person("Newcomer"), "2020-01-01T00:00:00.000001"
        lines = self.lines(newcomer)
        lines[0] = {**lines[0], "rows": [["res.partner", newcomer.id, moment]]}
        for key in ("prev_hash", "hash", "mac"):
            del lines[0][key]
        outside.append(self.name, [outside.signed(lines[0], "", self.entries._pepper())])
        before = newcomer.read()
        self.entries._look()
        newcomer.invalidate_recordset()
        self.assertEqual(newcomer.read(), before)
        replay = self.replays.search([])
        self.assertEqual((replay.state, replay.another_count, replay.back_count), ("done", 1, 0))

    def test_who_is_kept_by_law_stays_so(self):
        zoe = self.person()
        zoe._sheet_restrict("duty", "2036-12-31")
        replay = self.restored(zoe)
        self.assertEqual(zoe.sheet_restricted_ground, "duty")
        replay.with_user(self.officer).action_leave()
        self.assertEqual(zoe.sheet_restricted_ground, "duty")

    def test_erased_in_a_copy_only(self):
        zoe = self.person()
        replay = self.restored(zoe)
        replay.with_user(self.officer).action_leave()
        self.assertEqual((replay.state, zoe.sheet_restricted_on), ("left", False))
        self.assertIn(self.officer.name, replay.sheet_changes)
        with self.assertRaises(UserError):
            replay.with_user(self.officer).action_erase()

    def test_one_click_erases_them_again(self):
        zoe, yan = self.person(), self.person("Yan")
        lead = self.env["crm.lead"].create({"name": "Deal", "contact_name": "Zoé Quill"})
        replay = self.restored(zoe, yan, lead)
        replay.with_user(self.officer).action_erase()
        self.assertEqual(replay.state, "running")
        while replay.state == "running":
            replay._advance()
        self.assertEqual((replay.state, replay.failure, replay.back_count), ("done", False, 0))
        self.assertEqual(set(replay.line_ids.mapped("outcome")), {"erased"})
        left = (zoe | yan).exists()
        self.assertFalse({"Zoé Quill", "Yan"} & set(left.mapped("name")))
        self.assertFalse(left.filtered("email") or left.filtered("sheet_restricted_on"))
        self.assertFalse(lead.exists().contact_name)

    def test_whoever_may_not_be_erased_is_named_and_stops_nobody(self):
        zoe, internal = self.person(), self.env.ref("base.partner_admin")
        with mute_logger(ENTRY.replace("entry", "line")):
            replay = self.restored(internal, zoe)
        self.assertEqual(zoe.sheet_restricted_ground, "restored")
        replay.with_user(self.officer).action_erase()
        while replay.state == "running":
            replay._advance()
        self.assertEqual(replay.state, "failed")
        self.assertTrue(replay.failure)
        self.assertEqual(set(replay.line_ids.mapped("outcome")), {"refused", "erased"})

    def test_a_salesperson_sees_and_does_nothing(self):
        replay = self.restored(self.person())
        rep = new_test_user(self.env, "replay_rep", groups="sales_team.group_sale_salesman")
        for call in (replay.action_erase, replay.action_leave, replay.line_ids.action_open):
            with self.assertRaises(AccessError):
                call.__func__(call.__self__.with_user(rep))

    # -- the register --------------------------------------------------------------

    def test_an_entry_is_chained_kept_and_written_to_the_file(self):
        zoe = self.person()
        row = ("res.partner", zoe.id, zoe.create_date)
        first = self.entries._note(None, [row])
        second = self.entries._note(None, [row])
        self.assertEqual(second.prev_hash, first.hash)
        self.assertEqual(second._rows(), [row])
        self.assertFalse(self.entries._verify())
        self.entries._look()
        self.assertEqual([x["hash"] for x in outside.read(self.name)], [first.hash, second.hash])
        self.assertNotIn("Quill", self.file.read_text())
        self.assertFalse(self.replays.search([]))
        for attempt in (first.unlink, lambda: first.write({"rows": "[]"})):
            with self.assertRaises(UserError):
                attempt()
        with self.assertRaises(psycopg2.Error), self.cr.savepoint(), mute_logger("odoo.sql_db"):
            self.cr.execute("DELETE FROM customer_sheet_erasure_entry")

    def test_what_is_taken_back_is_not_written(self):
        zoe = self.person()
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self.entries._note(None, [("res.partner", zoe.id, zoe.create_date)])
            raise ZeroDivisionError
        kept = self.entries._note(None, [("res.partner", zoe.id, zoe.create_date)])
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.cr.postcommit.run()
        self.assertEqual([line["hash"] for line in outside.read(self.name)], [kept.hash])

    def test_a_file_that_is_lost_is_written_anew(self):
        zoe = self.person()
        self.entries._note(None, [("res.partner", zoe.id, zoe.create_date)])
        self.entries._look()
        content = self.file.read_bytes()
        self.file.unlink()
        self.assertEqual(self.env["customer.sheet.control"]._check_erasures().ok, False)
        self.entries._look()
        self.assertEqual(self.file.read_bytes(), content)

    def test_a_torn_line_and_forged_ones_are_left_out(self):
        zoe, yan = self.person(), self.person("Yan")
        [line, forged] = self.lines(zoe, yan)
        forged = {**forged, "mac": "0" * 64}
        self.file.write_bytes(outside.to_bytes([forged]) + b'{"hash": "torn", "ro')
        outside.append(self.name, [line, line])
        self.entries._look()
        self.assertEqual(self.replays.search([]).line_ids.mapped("row"), [zoe.id])
        self.assertFalse(yan.sheet_restricted_on)

    def test_a_copy_for_tests_writes_nothing(self):
        self.env["ir.config_parameter"].set_param("database.is_neutralized", "true")
        zoe = self.person()
        self.entries._note(None, [("res.partner", zoe.id, zoe.create_date)])
        self.entries._look()
        self.entries._cron_register()
        self.assertFalse(self.file.exists())

    def test_nobody_can_be_served_before_the_look(self):
        zoe = self.person()
        outside.append(self.name, self.lines(zoe))
        self.entries._register_hook()
        self.assertEqual(zoe.sheet_restricted_ground, "restored")

    def test_the_next_request_notices_it_once_caches_are_emptied(self):
        zoe = self.person()
        with self.enter_registry_test_mode(), patch.object(self.cr, "rollback") as rollback:
            self.registry.clear_cache()
            self.entries._look_once()
            outside.append(self.name, self.lines(zoe))
            self.entries._look_once()
            self.assertFalse(zoe.sheet_restricted_on)
            self.registry.clear_cache()
            self.entries._look_once()
        self.assertEqual(zoe.sheet_restricted_ground, "restored")
        rollback.assert_called_once()  # the request begins anew, and sees it

    def test_each_erasure_has_workers_empty_their_caches(self):
        self.registry.cache_invalidated.clear()
        self.entries._note(None, [("res.partner", 1, None)])
        self.assertIn("default", self.registry.cache_invalidated)

    def test_a_file_that_cannot_be_read_stops_nothing(self):
        self.file.mkdir()
        self.addCleanup(self.file.rmdir)
        with mute_logger(ENTRY):
            self.entries._register_hook()
        self.assertEqual(self.env["customer.sheet.control"]._check_erasures().ok, False)

    # -- by mail, on another machine ---------------------------------------------------

    def test_what_is_mailed_can_be_uploaded_where_the_file_is_not(self):
        zoe = self.person()
        entry = self.entries._note(None, [("res.partner", zoe.id, zoe.create_date)])
        self.entries._cron_register()
        mails = self.env["mail.mail"].search([("subject", "ilike", "Register of erasures")])
        [mail] = mails.filtered(lambda mail: self.officer.email in mail.email_to)
        [line] = outside.parsed(mail.attachment_ids.raw)
        self.assertEqual(line, entry._line())
        self.entries._cron_register()
        again = self.env["mail.mail"].search([("subject", "ilike", "Register of erasures")])
        self.assertEqual(again, mails, "each entry is mailed once")
        self.upload(self.lines(zoe))
        replay = self.replays.search([])
        self.assertEqual((replay.source, replay.back_count), ("upload", 1))

    def upload(self, lines, **values):
        upload = self.env["customer.sheet.erasure.upload"].with_user(self.officer)
        with Form(upload) as form:
            form.content = base64.b64encode(outside.to_bytes(lines))
            for name, value in values.items():
                form[name] = value
        return form.record.action_take_over()

    def test_nobody_is_erased_by_a_file_that_somebody_has_made(self):
        zoe = self.person()
        [line] = self.lines(zoe)
        for forged in (
            {**line, "rows": [["res.partner", 1, None]]},
            {**line, "mac": "x"},
            {key: value for key, value in line.items() if key != "rows"},
            {"hash": "x"},
        ):
            with self.assertRaises(UserError):
                self.upload([forged])
        for content in (b"no register", json.dumps([1]).encode()):
            upload = self.env["customer.sheet.erasure.upload"].with_user(self.officer)
            with self.assertRaises(UserError):
                upload.create({"content": base64.b64encode(content)}).action_take_over()
        self.assertFalse(zoe.sheet_restricted_on)

    def test_what_a_copy_has_erased_counts_only_on_request(self):
        zoe = self.person()
        replay = self.restored(zoe, database="0000 staging")
        self.assertFalse(replay)
        dialog = self.env["customer.sheet.erasure.upload"].with_user(self.officer).create({})
        self.assertIn("(staging): 1.", dialog.copies)
        dialog.with_copies = True
        dialog.action_take_over()
        self.assertEqual(zoe.sheet_restricted_ground, "restored")
