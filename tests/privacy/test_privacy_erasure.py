"""Erasing somebody: everything that was planted is gone, or stands on the certificate."""

import os

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..people import people, person
from .planted import EMAIL, NAME, PHONE
from .planted import planted as plant


class ErasureCase(TransactionCase):
    """A person, somebody else, two officers; and how an erasure goes through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer, cls.rep = people(cls.env, "officer", "rep")
        cls.second = person(cls.env, "officer", "sheet_second")
        cls.env["ir.config_parameter"].set_param("crm_customer_sheet.backup_days", "90")
        cls.anna = cls.env["res.partner"].create({"name": NAME, "email": EMAIL, "phone": PHONE})
        cls.other = cls.env["res.partner"].create({"name": "Bo Bystander"})

    @classmethod
    def start(cls, record=None):
        """Have an officer prepare the erasure of Anna; return it as superuser."""
        record = (record or cls.anna).with_user(cls.officer)
        erasure = cls.env["customer.sheet.erasure"].browse(record.action_sheet_erase()["res_id"])
        while erasure.search_ids.state == "running":
            erasure.search_ids._advance()
        erasure._look_elsewhere()
        return erasure

    @classmethod
    def decide(cls, erasure, decision="delete"):
        """Have the officer decide on what is open."""
        for text in erasure.text_ids.filtered(lambda text: not text.decision):
            text.with_user(cls.officer).decision = "delete" if text.is_file else decision

    @classmethod
    def erase(cls, erasure):
        """Go through with an erasure."""
        mine = erasure.with_user(cls.officer)
        if mine.two_people:
            mine.action_ask()
            erasure.with_user(cls.second).action_approve()
        mine.action_erase()
        while erasure.state == "running":
            erasure._advance()
        return erasure


@tagged("post_install", "-at_install")
class TestPrivacyErasure(ErasureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with mute_logger("odoo.sql_db"):
            cls.planted = plant(cls)
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "photo.txt",
                "raw": b"Only of Anna Zyxquille",
                "res_model": "res.partner",
                "res_id": cls.anna.id,
            }
        )
        cls.path = cls.file._full_path(cls.file.store_fname)
        cls.erasure = cls.start()
        for t in cls.erasure.text_ids:
            print("T", t.table, t.column, t.row, t.is_sure, t.decision, t.ground, t.snippet)
        cls.decide(cls.erasure)
        cls.erase(cls.erasure)
        print(cls.erasure.state, cls.erasure.failure, cls.erasure.left_text)

    def test_everything_is_gone_or_explained(self):
        self.assertFalse(self.erasure.left_text)
        self.assertEqual(self.erasure.state, "done")
        for k in self.erasure.found["kept"]: print(k)
