import psycopg2.errors

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...people import person
from .form_common import FormCase


@tagged("post_install", "-at_install")
class TestFormEditing(FormCase):
    """What a form may be, and what is refused with words that help."""

    def test_an_address_is_made_up_and_can_be_chosen(self):
        one, other = self.form(), self.form()
        self.assertNotEqual(one.slug, other.slug)
        self.assertGreaterEqual(len(one.slug), 12)
        one.slug = "quotation"
        self.assertTrue(one.url.endswith("/customer_sheet/form/quotation"), one.url)
        self.assertIn(one.url, one.embed_code)

    def test_an_address_is_taken_once_also_by_an_archived_form(self):
        self.form(slug="quotation").active = False
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation) as refused,
            self.cr.savepoint(),
        ):
            self.form(slug="quotation")
        said = self.forms._sql_error_to_message(refused.exception)
        self.assertIn("Another form, perhaps an archived one, has this address", said)

    def test_an_address_is_plain(self):
        form = self.form()
        for slug in ("ab", "a b c", "devis-été", "../web", "a" * 65, "quo?x"):
            with self.subTest(slug=slug), self.assertRaisesRegex(ValidationError, "cannot be an"):
                form.slug = slug

    def test_websites_are_named_by_their_origin(self):
        form = self.form(origins=" https://Www.Example.com/ \n\nhttp://localhost:8069\n")
        self.assertEqual(
            form._content()["origins"], ["https://www.example.com", "http://localhost:8069"]
        )
        for wrong in (
            *("www.example.com", "https://a.example/shop", "*", "https://*.example.com", "null"),
            *("https://a.example; script-src *", "javascript:alert(1)", "https://u:p@a.example"),
        ):
            with (
                self.subTest(origin=wrong),
                self.assertRaisesRegex(ValidationError, "is not the address of a website"),
            ):
                form.origins = f"https://ok.example\n{wrong}"

    def test_a_source_is_of_its_list(self):
        with self.assertRaisesRegex(ValidationError, "is not a contact source"):
            self.form(source_id=self.env.ref("crm_customer_sheet.option_segment_sme").id)

    def test_a_team_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        team = self.env["crm.team"].create({"name": "Theirs", "company_id": other.id})
        with self.assertRaises(UserError):
            self.form(company_id=self.env.company.id, team_id=team.id)

    def test_a_question_and_a_consent_are_asked_once(self):
        form = self.form("email", consent_ids=[self.box()])
        twice = {
            "line_ids": [Command.create({"question_id": self.question("email").id})],
            "consent_ids": [self.box()],
        }
        for name, commands in twice.items():
            with (
                self.subTest(field=name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.UniqueViolation),
                self.cr.savepoint(),
            ):
                form.write({name: commands})
                self.env.flush_all()

    def test_a_published_form_is_archived_not_deleted(self):
        form, draft = self.published(), self.form()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            form.unlink()
        form.active = False
        self.assertTrue(form.version_id)
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_a_copy_is_a_draft_at_another_address(self):
        form = self.published(consent_ids=[self.box()])
        copy = form.copy()
        self.assertNotEqual(copy.slug, form.slug)
        self.assertFalse(copy.version_id)
        self.assertEqual(copy.name, "Request (copy)")
        self.assertEqual(copy.line_ids.question_id, form.line_ids.question_id)
        self.assertEqual(copy.consent_ids.purpose_id, form.consent_ids.purpose_id)

    def test_reps_read_forms_and_make_none(self):
        form = self.published()
        mine = form.with_user(self.rep)
        self.assertTrue(mine.read(["name", "url", "version_id", "preview", "qr"]))
        self.assertTrue(mine.version_id.read(["content", "preview"]))
        for refused in (
            lambda: mine.write({"name": "Mine"}),
            lambda: mine.line_ids.write({"required": True}),
            lambda: mine.action_publish(),
            lambda: mine.create({"name": "Mine"}),
            lambda: mine.unlink(),
        ):
            with self.assertRaises(AccessError):
                refused()

    def test_forms_of_another_company_do_not_exist(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        lines = self.form().copy_data()[0]["line_ids"]
        form = self.env["customer.sheet.form"].create(
            {"name": "Theirs", "company_id": other.id, "line_ids": lines}
        )
        form._publish()
        for user in (self.boss, self.rep, person(self.env, "steward")):
            with self.subTest(user=user.login):
                self.assertFalse(self.forms.with_user(user).search([("id", "=", form.id)]))
                for record in (form, form.line_ids, form.version_id):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["display_name"])
