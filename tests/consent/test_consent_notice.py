import hashlib
import re
from datetime import datetime, timedelta

import psycopg2.errors

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from ...models.consent.ledger import append_only
from ..people import person
from ..rights import RpcCase
from .common import ConsentCase

VERSION = "customer.sheet.consent.notice.version"


class NoticeCase(ConsentCase):
    """A notice of a purpose, with a company whose data fill its placeholders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env.company.write(
            {
                "name": "Atlas & Co",
                "street": "1 rue X",
                "zip": "75001",
                "city": "Paris",
                "country_id": cls.france.id,
            }
        )
        cls.env.company.write({"email": "hello@atlas.example", "phone": "+33 1 02 03 04 05"})
        cls.notice = cls.env["customer.sheet.consent.notice"].create({"name": "Marketing"})
        cls.purpose = cls.env["customer.sheet.consent.purpose"]._by_code("prospecting")
        cls.purpose.notice_id = cls.notice
        cls.versions = cls.env[VERSION]

    @classmethod
    def draft(cls, body="<p>We write to you.</p>", lang="en_US", **values):
        return cls.versions.create(
            {"notice_id": cls.notice.id, "lang": lang, "body": body, **values}
        )

    @classmethod
    def published(cls, body="<p>We write to you.</p>", lang="en_US", kind=False, **values):
        version = cls.draft(body, lang, notice_id=values.pop("notice_id", cls.notice.id))
        version._publish(change_kind=kind, **values)
        return version

    def wizard(self, version, user=None):
        action = version.with_user(user or self.officer).action_publish()
        wizards = self.env["customer.sheet.consent.publish"].with_user(user or self.officer)
        return wizards.with_context(**action["context"]).create({})


@tagged("post_install", "-at_install")
class TestNoticePublishing(NoticeCase):
    def test_publishing_fills_in_the_company_and_hashes_exactly_that_text(self):
        version = self.draft("<p>[[company]], [[ address ]], [[EMAIL]]</p>")
        self.wizard(version).action_publish()
        self.assertIn("Atlas &amp; Co, 1 rue X, 75001 Paris", version.body)
        self.assertIn("hello@atlas.example", version.body)
        self.env.cr.execute(
            "SELECT body FROM customer_sheet_consent_notice_version WHERE id = %s", version.ids
        )
        [[stored]] = self.env.cr.fetchall()
        self.assertEqual(version.text_sha256, hashlib.sha256(stored.encode()).hexdigest())
        self.assertEqual(version.published_by, self.officer.id)
        self.assertEqual((version.number, version.state), (1, "published"))

    def test_a_placeholder_without_a_value_stops_the_publication_and_is_named(self):
        self.env.company.vat = False
        for body, words in (
            ("<p>[[vat]]</p>", ("[[vat]]", self.env.company._fields["vat"].string)),
            ("<p>[[dpo_email]]</p>", ("[[dpo_email]]", "data protection officer")),
            ("<p>[[compnay]]</p>", ("[[compnay]]", "[[company]]")),
            ("<p>[[]]</p>", ("[[]]",)),
        ):
            version = self.draft(body)
            with self.assertRaises(UserError) as caught:
                self.wizard(version).action_publish()
            for word in words:
                self.assertIn(word, str(caught.exception))
            self.assertEqual(version.state, "draft")

    def test_what_cannot_be_frozen_is_refused(self):
        for body in ("<p><br></p>", False, '<p>See <img src="/web/image/1"></p>'):
            with self.assertRaises(UserError):
                self.draft(body)._publish()

    def test_values_of_the_company_are_text_and_never_markup(self):
        self.env.company.name = "<b>x</b> <script>alert(1)</script>"
        version = self.published("<p>[[company]]</p>")
        self.assertNotIn("<script", version.body)
        self.assertNotIn("<b>", version.body)

    def test_a_gappy_text_is_warned_of_and_published_all_the_same(self):
        version = self.draft("<p>We like you.</p>")
        wizard = self.wizard(version)
        self.assertGreater(wizard.missing_count, 5)
        self.assertIn("Seems to be missing", wizard.checklist)
        wizard.action_publish()
        self.assertEqual(version.state, "published")

    def test_versions_are_numbered_for_each_language(self):
        numbers = [
            self.published(lang=lang, kind=kind).number
            for lang, kind in (("en_US", False), ("fr_FR", False), ("en_US", "wording"))
        ]
        self.assertEqual(numbers, [1, 1, 2])

    def test_the_kind_of_a_change_has_to_be_said(self):
        self.published()
        wizard = self.wizard(self.draft())
        self.assertFalse(wizard.is_first)
        with self.assertRaisesRegex(UserError, "What kind of change"):
            wizard.action_publish()

    def test_a_new_version_starts_from_the_text_and_an_open_draft_is_reused(self):
        version = self.published("<p>First</p>")
        action = version.with_user(self.officer).action_new_version()
        draft = self.versions.browse(action["res_id"])
        self.assertEqual((draft.state, draft.number, draft.body), ("draft", 0, "<p>First</p>"))
        self.assertNotEqual(draft.token, version.token)
        self.assertEqual(version.action_new_version()["res_id"], draft.id)

    def test_reps_read_what_was_published_and_publish_nothing(self):
        version, draft = self.published(), self.draft()
        found = self.versions.with_user(self.rep).search([("notice_id", "=", self.notice.id)])
        self.assertEqual(found, version)
        with self.assertRaises(AccessError):
            draft.with_user(self.rep).action_publish()
        with self.assertRaises(AccessError):
            version.with_user(self.rep).action_new_version()
        with self.assertRaises(AccessError):
            self.env["customer.sheet.consent.publish"].with_user(self.rep).create(
                {"version_id": draft.id}
            )


@tagged("post_install", "-at_install")
class TestNoticeFrozen(NoticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.version = cls.published()

    def test_nobody_changes_or_deletes_a_published_text(self):
        admin = self.env.ref("base.user_admin")
        for user in (self.officer, self.manager, admin, self.env.ref("base.user_root")):
            version = self.version.with_user(user)
            for values in ({"body": "<p>x</p>"}, {"change_note": "x"}, {"state": "draft"}):
                with self.assertRaises(UserError):
                    version.write(values)
            with self.assertRaises(UserError):
                version.unlink()
            with self.assertRaises(UserError):
                version.sudo()._publish()
        self.assertEqual(self.version.body, "<p>We write to you.</p>")

    def test_a_forged_context_of_an_uninstallation_stops_at_the_database(self):
        with self.assertRaises(psycopg2.errors.RaiseException), self.refused_in_sql():
            self.version.with_context(_force_unlink=True).unlink()

    def refused_in_sql(self):
        self.env.flush_all()
        self.addCleanup(self.env.invalidate_all)
        return self.env.cr.savepoint(flush=False)

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_in_plain_words(self):
        for statement in (
            "UPDATE customer_sheet_consent_notice_version SET body = 'x' WHERE id = %s",
            "UPDATE customer_sheet_consent_notice_version SET state = 'draft' WHERE id = %s",
            "DELETE FROM customer_sheet_consent_notice_version WHERE id = %s",
            "TRUNCATE customer_sheet_consent_notice_version CASCADE -- %s",
        ):
            with self.assertRaises(psycopg2.errors.RaiseException) as caught:
                with self.refused_in_sql():
                    self.env.cr.execute(statement, self.version.ids)
            self.assertIn("neither be changed nor deleted", str(caught.exception))

    def test_drafts_are_edited_and_deleted_freely(self):
        draft = self.draft().with_user(self.officer)
        draft.write({"body": "<p>y</p>", "lang": "fr_FR", "change_note": "y"})
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_only_publishing_gives_a_version_its_state_number_and_hash(self):
        forged = {"state": "published", "number": 7, "text_sha256": "0" * 64}
        officer = self.versions.with_user(self.officer)
        with self.assertRaises(UserError):
            officer.create({"notice_id": self.notice.id, "lang": "en_US", **forged})
        with self.assertRaises(UserError):
            self.draft().with_user(self.officer).write({"published_by": 2})
        defaults = {f"default_{name}": value for name, value in forged.items()}
        version = officer.with_context(**defaults, default_token="guessed").create(
            {"notice_id": self.notice.id, "lang": "en_US"}
        )
        self.assertEqual((version.state, version.number), ("draft", 0))
        self.assertNotEqual(version.token, "guessed")

    def test_a_notice_with_a_published_version_is_archived_and_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Archive"):
            self.notice.unlink()
        self.notice.active = False
        self.assertEqual(self.notice._in_force("en_US"), self.version)

    def test_whoever_published_can_leave_the_company(self):
        leaver = new_test_user(self.env, "leaver", groups="crm_customer_sheet.group_sheet_privacy")
        version = self.draft()
        wizard = self.wizard(version, leaver)
        wizard.change_kind = "wording"
        wizard.action_publish()
        self.assertEqual(version.published_by_name, leaver.name)
        wizard.unlink()
        leaver.unlink()
        version.invalidate_recordset()
        self.assertFalse(version.published_by_name)

    def test_an_uninstallation_takes_the_protection_away(self):
        self.env.flush_all()
        with self.env.cr.savepoint():
            append_only.drop_all(self.env.cr)
            self.version.with_context(_force_unlink=True).unlink()
        self.assertFalse(self.version.exists())


@tagged("post_install", "-at_install")
class TestNoticeInForce(NoticeCase):
    def test_the_language_of_the_person_then_its_neighbour_then_the_first(self):
        english, french = self.published(), self.published(lang="fr_FR")
        for lang, expected in (
            ("fr_FR", french),
            ("fr_BE", french),
            ("en_GB", english),
            ("nl_NL", english),
            (False, english),
        ):
            self.assertEqual(self.notice._in_force(lang), expected, lang)

    def test_each_moment_has_its_version(self):
        now = fields.Datetime.now()
        old = self.published(valid_from=now - timedelta(days=100))
        new = self.published(kind="wording", valid_from=now - timedelta(days=10))
        to_come = self.published(kind="wording", valid_from=now + timedelta(days=10))
        for days, expected in ((-101, self.versions), (-50, old), (0, new), (11, to_come)):
            self.assertEqual(
                self.notice._in_force("en_US", at=now + timedelta(days=days)), expected, days
            )
        self.assertEqual([v.is_in_force for v in (old, new, to_come)], [False, True, False])

    def test_people_of_a_country_read_its_variant(self):
        variant = self.env["customer.sheet.consent.notice"].create(
            {
                "name": "Marketing, Morocco",
                "variant_of_id": self.notice.id,
                "country_ids": self.morocco.ids,
            }
        )
        general = self.published()
        self.assertEqual(self.notice._in_force("fr_FR", country=self.morocco), general)
        moroccan = self.published(lang="fr_FR", notice_id=variant.id)
        self.assertEqual(self.notice._in_force("fr_FR", country=self.morocco), moroccan)
        self.assertEqual(self.notice._in_force("fr_FR", country=self.france), general)

    def test_a_batch_asks_the_database_once(self):
        self.published()
        self.notice._in_force("en_US")
        with self.assertQueryCount(0):
            for _person in range(100):
                self.notice._in_force("fr_FR", at=datetime(2030, 1, 1))


@tagged("post_install", "-at_install")
class TestNoticeChange(NoticeCase):
    """A material change names the consents that it affects, and only those."""

    def affected(self, version):
        found = self.states.search(version._affected_domain())
        return found.mapped("subject_id.link_ids.partner_id")

    def test_a_material_change_lists_exactly_the_consents_to_an_earlier_text(self):
        before = self.contact(email="before@example.fr")
        self.decide(before, "given")
        self.published()
        given, refused, french = (self.contact(email=f"{n}@example.fr") for n in "abc")
        self.decide(given, "given")
        self.decide(refused, "refused")
        withdrawn = self.contact(email="d@example.fr")
        self.decide(withdrawn, "given")
        self.decide(withdrawn, "withdrawn")
        french_text = self.published(lang="fr_FR")
        self.decide(french, "given", notice_version=french_text)

        draft = self.draft("<p>We write to you and sell your data.</p>")
        wizard = self.wizard(draft)
        wizard.change_kind = "wording"
        self.assertEqual(wizard.affected_count, 0)
        wizard.change_kind = "material"
        self.assertEqual(wizard.affected_count, 1)
        wizard.action_publish()
        self.assertEqual(draft.affected_count, 1)
        self.assertEqual(self.affected(draft), given)
        action = draft.with_user(self.officer).action_open_affected()
        self.assertEqual(
            self.env[action["res_model"]].with_user(self.officer).search_count(action["domain"]), 1
        )

    def test_who_consents_to_the_new_text_is_no_longer_affected(self):
        self.published()
        contact = self.contact()
        self.decide(contact, "given")
        new = self.published("<p>New</p>", kind="material")
        self.assertEqual(self.affected(new), contact)
        self.decide(contact, "given")
        self.assertFalse(self.affected(new))

    def test_a_wording_change_affects_nobody(self):
        self.published()
        self.decide(self.contact(), "given")
        self.assertEqual(self.published("<p>Better</p>", kind="wording").affected_count, 0)


@tagged("post_install", "-at_install")
class TestNoticePage(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.notice = cls.env["customer.sheet.consent.notice"].create({"name": "Marketing"})
        cls.old, cls.new, cls.french, cls.draft = (
            cls.env[VERSION].create({"notice_id": cls.notice.id, "lang": lang, "body": body})
            for lang, body in (
                ("en_US", "<p>The old words</p>"),
                ("en_US", "<p>The new words</p>"),
                ("fr_FR", "<p>Les mots</p>"),
                ("en_US", "<p>The coming words</p>"),
            )
        )
        for version in (cls.old, cls.new, cls.french):
            version._publish()
        person(cls.env, "officer", "notice_editor", password="secret_pw1")

    def page(self, token, **kwargs):
        return self.url_open(f"/customer_sheet/notice/{token}", **kwargs)

    def test_everybody_reads_the_exact_text_without_a_login(self):
        page = self.page(self.old.token)
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.old.body, page.text)
        self.assertIn(self.old.text_sha256, page.text)
        self.assertIn("not in force", page.text)
        self.assertIn(f"/customer_sheet/notice/{self.new.token}", page.text)
        self.assertNotIn("not in force", self.page(self.new.token).text)

    def test_the_page_speaks_the_language_of_the_text(self):
        page = self.page(self.french.token, headers={"Accept-Language": "en-US"})
        self.assertIn('lang="fr-FR"', page.text)
        self.assertIn("Les mots", page.text)

    def test_a_draft_does_not_exist_but_for_those_who_edit_it(self):
        unknown = self.page("no-such-token")
        draft = self.page(self.draft.token)
        self.assertEqual((unknown.status_code, draft.status_code), (404, 404))
        pages = unknown.text.replace("no-such-token", ""), draft.text.replace(self.draft.token, "")
        # the token of a form says in which second it was made
        self.assertEqual(*(re.sub(r"[0-9a-f]{40}o[0-9]+", "", page) for page in pages))
        self.authenticate("notice_editor", "secret_pw1")
        self.assertIn("The coming words", self.page(self.draft.token).text)

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_forged_calls_change_no_published_text(self):
        self.authenticate("notice_editor", "secret_pw1")
        forged = {"_force_unlink": True, "install_mode": True, "default_state": "published"}
        forged["sheet_consent_publishing"] = True
        for method, args in (
            ("write", [self.old.ids, {"body": "<p>x</p>"}]),
            ("web_save", [self.old.ids, {"body": "<p>x</p>"}, {}]),
            ("unlink", [self.old.ids]),
            ("_publish", [self.draft.ids]),
            ("_freeze", [self.old.ids, {"body": "<p>x</p>"}]),
            ("create", [{"notice_id": self.notice.id, "lang": "en_US", "state": "published"}]),
            ("write", [self.draft.ids, {"state": "published"}]),
        ):
            with self.assertRaises(JsonRpcException, msg=method):
                self.call(VERSION, method, *args, context=forged)
        self.env.invalidate_all()
        self.assertEqual(self.old.body, "<p>The old words</p>")
        self.assertEqual(self.draft.state, "draft")
