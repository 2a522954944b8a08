from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .form_common import FormCase


@tagged("post_install", "-at_install")
class TestFormFollowing(FormCase):
    """Published forms tell people what is in force, whoever decided it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purpose = cls.env["customer.sheet.consent.purpose"]._by_code("prospecting")
        cls.purpose.notice_id = cls.env["customer.sheet.consent.notice"].create({"name": "New"})

    def boxes(self, form, lang="en_US"):
        form.invalidate_recordset()
        return form.version_id._said(lang)["consents"]

    def tell(self, **values):
        """Publish a notice, as the privacy officer does."""
        version = self.notice(**values).with_user(self.officer)
        version._publish()
        return version

    def test_nobody_agrees_to_what_they_were_not_told(self):
        form = self.published("email", consent_ids=[self.box()])
        self.assertEqual(self.boxes(form), [])
        self.assertIn("“Prospecting” is not asked for", form.warnings)

    def test_a_box_appears_with_its_notice(self):
        form = self.published("email", consent_ids=[self.box(double_opt_in=True)])
        notice = self.tell()
        [box] = self.boxes(form)
        self.assertEqual(box["notice_version_id"], notice.id)
        self.assertEqual(box["words"], "Prospecting: Yes, you may write to me by e-mail")
        self.assertTrue(box["double_opt_in"])
        self.assertEqual(form.version_id.number, 2)
        self.assertEqual(form.version_id.published_by_id, self.officer)
        self.assertIn("notice", form.version_id.note)
        self.assertFalse(form.is_changed)
        self.assertFalse(form.warnings)

    def test_each_language_reads_its_notice(self):
        english, french = self.tell(), self.tell(lang="fr_FR", body="<p>Nous disons</p>")
        form = self.published("email", consent_ids=[self.box()])
        for lang, notice in (("en_US", english), ("fr_FR", french), ("fr_BE", french)):
            [box] = self.boxes(form, lang)
            self.assertEqual(box["notice_version_id"], notice.id, lang)

    def test_a_new_notice_publishes_nothing_that_somebody_is_editing(self):
        self.tell()
        form = self.published("email", consent_ids=[self.box()])
        form.write({"name": "Half done", "line_ids": [(5, 0, 0)]})
        newer = self.tell(body="<p>We tell you more</p>")
        [box] = self.boxes(form)
        self.assertEqual(box["notice_version_id"], newer.id)
        self.assertEqual(form.version_id._said("en_US")["name"], "Request")
        self.assertEqual(self.codes(form.version_id), [["email"]])
        self.assertTrue(form.is_changed)

    def test_a_form_with_nothing_to_follow_stays_as_it_is(self):
        form = self.published("email")
        self.tell()
        self.env["customer.sheet.form"]._follow()
        self.assertEqual(form.version_id.number, 1)

    def test_a_notice_of_tomorrow_is_told_tomorrow(self):
        now = self.tell()
        form = self.published("email", consent_ids=[self.box()])
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        later = self.notice(body="<p>From tomorrow on</p>", valid_from=tomorrow)
        later._publish(valid_from=tomorrow)
        self.assertEqual(self.boxes(form)[0]["notice_version_id"], now.id)
        chore = self.env["customer.sheet.chore"]._by_code()["forms"]
        with freeze_time(tomorrow + timedelta(hours=1)):
            getattr(self.env[chore.model], chore.method)()
        self.assertEqual(self.boxes(form)[0]["notice_version_id"], later.id)

    def test_a_new_language_is_one_more_of_the_form(self):
        form = self.published("email")
        edited = self.published("email")
        edited.name = "Half done"
        for each in (form, edited):
            self.assertEqual(sorted(each.version_id.content["langs"]), ["en_US", "fr_FR"])
        langs = self.env["res.lang"].with_context(active_test=False)
        arabic = langs.search([("code", "=", "ar_001")])
        self.env["base.language.install"].create({"lang_ids": arabic.ids}).lang_install()
        self.env.invalidate_all()
        self.assertIn("ar_001", form.version_id.content["langs"])
        self.assertFalse(form.is_changed)
        self.assertNotIn("ar_001", edited.version_id.content["langs"])
        self.assertIn("Languages", edited.changes)
