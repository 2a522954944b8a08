"""Erasing somebody: everything that was planted is gone, or stands on the certificate."""

import os
from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.privacy.scan import catalogue
from ...models.sheet.actor import acting
from .erasures import ErasureCase
from .planted import EMAIL, NAME, PHONE, say
from .planted import planted as plant


@tagged("post_install", "-at_install")
class TestPrivacyErasure(ErasureCase):
    looks_everywhere = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with mute_logger("odoo.sql_db"):
            cls.planted = plant(cls)
        cls.lead = cls.env["crm.lead"].create({"name": f"Roof {NAME}", "partner_id": cls.anna.id})
        cls.mine = say(cls.anna, "I am Anna")
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "photo.txt",
                "raw": b"Only of Anna Zyxquille",
                "res_model": "res.partner",
                "res_id": cls.anna.id,
            }
        )
        cls.path = cls.file._full_path(cls.file.store_fname)
        call = cls.anna.activity_schedule("mail.mail_activity_data_call", user_id=cls.rep.id)
        hanging = {"model": call._name, "res_id": call.id}
        cls.env["ir.model.data"].create({"module": "crm", "name": "call_zyxquille", **hanging})
        cls.photo = cls.env["ir.attachment"].create(
            {"name": "a.png", "raw": b"her face", "res_model": call._name, "res_id": call.id}
        )
        cls.avatar = cls.env["ir.attachment"].create(
            {
                "name": "image_1920",
                "raw": b"a face",
                "res_model": "mail.guest",
                "res_field": "image_1920",
                "res_id": cls.planted["guest"][1],
            }
        )
        cls.env["ir.config_parameter"].get_param("x.y")
        cls.env["customer.sheet.match.term"].create({"term": "zyxquille", "bits": 9})
        cls.erasure = cls.start()
        cls.open_count = cls.erasure.open_count
        with suppress(UserError):
            cls.erasure.with_user(cls.officer).action_ask()
        cls.asked_early = cls.erasure.state
        cls.decide(cls.erasure)
        cls.erase(cls.erasure)

    def test_everything_is_gone_or_explained(self):
        self.assertFalse(self.erasure.left_text)
        self.assertEqual(self.erasure.state, "done")
        kept = {line["model"] for line in self.erasure.found["kept"]}
        expected = {"mail.blacklist", "phone.blacklist", "customer.sheet.export.log"}
        self.assertEqual(kept - {"customer.sheet.consent.subject.link"}, expected)

    def test_nothing_of_them_is_read_anywhere(self):
        """Looked for by code of the test's own, in the plain letters of all rows."""
        self.env.flush_all()
        kept = {(k["model"], row) for k in self.erasure.found["kept"] for row in k["rows"]}
        models = self.env["customer.sheet.search.hit"]._models()
        left = []
        for table in catalogue.tables(self.env.cr):
            key = SQL.identifier("id") if table.has_id else SQL("0")
            sql = SQL(
                "SELECT %s, t::text FROM %s t WHERE regexp_replace(lower(t::text),"
                " '<[^>]*>|&[a-z]+;|[^a-z0-9@.]', '', 'g')"
                " ~ 'z.?yxquill|zyx.?anna.*mail|5a59582e414e4e41|363132333435|7a79787175696c6c'",
                key,
                table.sql,
            )
            for row, text in self.env.execute_query(sql):
                name = models[table.name]._name if table.name in models else table.name
                if (name, row) not in kept:
                    left.append((name, row, text[:200]))
        self.assertFalse(left)

    def test_what_is_kept_has_a_ground(self):
        self.assertFalse([k for k in self.erasure.found["kept"] if not k["ground"]])

    def test_nobody_is_asked_about_a_word_that_is_counted(self):
        asked = self.erasure.text_ids.filtered(
            lambda text: text.table == "customer_sheet_match_term"
        )
        self.assertTrue(asked)
        self.assertEqual(set(asked.mapped("decision")), {"delete"})

    def test_nothing_was_asked_before_all_was_decided(self):
        self.assertGreater(self.open_count, 0)
        self.assertEqual(self.asked_early, "draft")

    def test_own_records_say_nothing(self):
        contact, lead = self.anna, self.lead
        self.assertEqual(contact.name, f"Erased person {self.erasure.name}")
        self.assertEqual(contact.complete_name, contact.name)
        self.assertFalse(contact.active or contact.email or contact.phone)
        self.assertFalse(lead.active or lead.email_from or lead.contact_name)
        self.assertFalse(self.mine.exists() or self.file.exists() or self.photo.exists())
        self.assertFalse(os.path.exists(self.path))
        self.assertFalse(contact.sheet_restricted_on)

    def test_the_objection_is_still_there(self):
        for label in ("objection", "number not to call"):
            table, row = self.planted[label]
            model = self.env["customer.sheet.search.hit"]._models()[table]
            self.assertTrue(model.browse(row).exists(), label)

    def test_the_ledger_still_verifies(self):
        self.assertFalse(self.env["customer.sheet.consent.seal"]._verify())

    def test_no_spelling_is_kept(self):
        self.assertFalse(self.erasure.spellings)
        self.env.flush_all()
        for table in catalogue.tables(self.env.cr):
            if table.name.startswith(("customer_sheet_erasure", "customer_sheet_search")):
                self.assertFalse(catalogue.rows_with(self.env.cr, table, "zyxquill"), table.name)

    def test_the_certificate_in_french_too(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        for lang in ("en_US", "fr_FR"):
            html = self.erasure.with_context(lang=lang).certificate
            self.assertIn(self.erasure.name, html)
            self.assertNotIn("zyx", html.lower())
        self.assertIn(str(self.erasure.backups_until.year), html)

    def test_nobody_writes_a_person_there_again(self):
        contact, lead = self.anna, self.lead
        for record, vals in (
            (contact, {"name": "Anna"}),
            (contact.with_user(self.rep).sudo(), {"email": EMAIL}),
            (contact, {"phone": PHONE}),
            (lead, {"contact_name": "Anna"}),
            (lead, {"email_from": EMAIL}),
            (contact, {"ref": "Anna"}),
            (contact, {"sheet_birthdate": "1990-01-02"}),
            (contact, {"properties": [{"name": "a", "type": "char", "value": "Anna"}]}),
            (contact, {"parent_id": self.other.id}),
            (lead, {"sheet_decision_maker": "Anna"}),
            (lead, {"partner_id": self.other.id}),
            (lead, {"city": "Zyxville"}),
        ):
            with self.assertRaisesRegex(UserError, "erased"):
                record.write(vals)
        with acting("import"), self.assertRaisesRegex(UserError, "erased"):
            contact.write({"name": "Anna"})
        contact.active = True
        loaded = self.env["res.partner"].load([".id", "name"], [[str(contact.id), "Anna"]])
        self.assertIn("erased", loaded["messages"][0]["message"])
        contact.write({"color": 2, "email": False})  # nothing about a person

    def test_nobody_hangs_a_person_on_an_erased_record(self):
        """Past ``write``, by a new record, by words in the chatter."""
        contact, lead = self.anna, self.lead
        partners, leads = self.env["res.partner"], self.env["crm.lead"]
        address = {"name": "Home", "type": "delivery", "street": "1 rue Zyx", "city": "Zyx"}
        users = self.env["res.users"].with_context(no_reset_password=True)
        banks = self.env["res.partner.bank"]
        account = banks.create({"acc_number": "987654", "partner_id": self.other.id})
        for way in (
            lambda: contact._update_address({"street": "1 rue Zyx"}),
            lambda: partners.create({**address, "parent_id": contact.id}),
            lambda: contact.write({"child_ids": [(0, 0, address)]}),
            lambda: leads.create({"name": "A roof for Anna", "partner_id": contact.id}),
            lambda: leads.create({"name": "x"}).write({"partner_id": contact.id}),
            lambda: lead.copy(),
            lambda: users.create({"login": EMAIL, "partner_id": contact.id}),
            lambda: banks.create({"acc_number": "123987", "partner_id": contact.id}),
            lambda: account.write({"partner_id": contact.id}),
            lambda: say(contact.with_user(self.officer), "Anna rang"),
            lambda: lead.activity_schedule(summary="Ring Anna"),
            lambda: self.env["ir.attachment"].create(
                {"name": "x", "raw": b"x", "res_model": "crm.lead", "res_id": lead.id}
            ),
            lambda: lead.message_post(attachments=[("a.txt", b"Anna")]),
        ):
            with self.assertRaisesRegex(UserError, "erased"), self.env.cr.savepoint():
                way()
            self.env.invalidate_all()
        self.assertFalse(contact.street or contact.child_ids)
        say(lead, "")
        self.assertEqual(contact.copy().name, f"{contact.name} (copy)")

    def test_what_odoo_keeps_in_mind_is_erased_too(self):
        self.assertNotIn("zyx", self.env["ir.config_parameter"].get_param("x.y"))

    def test_the_picture_of_a_guest_goes_with_the_guest(self):
        self.assertFalse(self.env["mail.guest"].browse(self.planted["guest"][1]).exists())
        self.assertFalse(self.avatar.exists())

    def test_an_erased_contact_is_not_merged(self):
        merges = self.env["customer.sheet.merge"]
        with self.assertRaisesRegex(UserError, "erased"):
            merges._merge(self.anna, self.other)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        with self.assertRaises(UserError):
            wizard._merge((self.anna | self.other).ids, self.anna, extra_checks=False)

    def test_who_comes_back_is_written_again_and_it_is_noted(self):
        dialogs = self.env["customer.sheet.erasure.back"]
        values = {"partner_id": self.anna.id, "words": "She ordered again"}
        with self.assertRaises(AccessError):
            dialogs.with_user(self.rep).create(values)
        dialogs.with_user(self.officer).create(values).action_came_back()
        self.anna.write({"name": "Anna again", "email": EMAIL, "phone": PHONE})
        self.env.flush_all()
        self.assertFalse(self.lead.email_from or self.lead.phone)
        self.assertIn("She ordered again", self.erasure.message_ids[0].body)

    def test_erased_once_more_nothing_changes(self):
        self.env.flush_all()
        [before] = self.anna.read(["name", "email"])
        again = self.env["customer.sheet.erasure"]._erase_records([("res.partner", self.anna.id)])
        self.assertEqual(again.state, "done")
        [after] = self.anna.read(["name", "email"])
        self.assertEqual(before["email"], after["email"])
        self.assertFalse(self.env["customer.sheet.erasure"]._erase_records([("crm.lead", 10**8)]))
