import psycopg2.errors

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .form_common import FormCase


@tagged("post_install", "-at_install")
class TestFormPublishing(FormCase):
    """Publishing freezes; what is edited afterwards is a draft."""

    def test_a_draft_is_seen_by_nobody_until_it_is_published(self):
        form = self.form("email", "need")
        self.assertFalse(form.version_id)
        form.action_publish()
        self.assertEqual(form.version_id.number, 1)
        self.assertEqual(form.version_id.published_by_id, self.boss)
        self.assertEqual(self.codes(form.version_id), [["email", "need"]])

    def test_edits_wait_for_the_next_publication(self):
        form = self.published("email", "need")
        first, before = form.version_id, form.version_id.content
        form.write({"name": "Other", "line_ids": [Command.clear()]})
        form.write({"line_ids": [Command.create({"question_id": self.question("phone").id})]})
        self.env.invalidate_all()
        self.assertEqual(form.version_id, first)
        self.assertEqual(first.content, before)
        self.assertTrue(form.is_changed)
        form.action_publish()
        self.assertEqual(form.version_id.number, 2)
        self.assertEqual(self.codes(form.version_id), [["phone"]])
        self.assertEqual(first.content, before)
        self.assertFalse(form.is_changed)

    def test_a_changed_catalogue_changes_no_published_form(self):
        form = self.published("need")
        question = self.question("need")
        before = form.version_id._said("en_US")
        question.write({"name": "Wish", "example": "Another"})
        self.env.invalidate_all()
        self.assertEqual(form.version_id._said("en_US"), before)
        self.assertIn("Question changed: Wish", form.changes)

    def test_titles_begin_pages(self):
        form = self.form("email", "phone", "need")
        self.line(form, "need").step_title = "Your need"
        form.action_publish()
        self.assertEqual(self.codes(form.version_id), [["email", "phone"], ["need"]])
        titles = [step["title"] for step in form.version_id._said("en_US")["steps"]]
        self.assertEqual(titles, ["", "Your need"])

    def test_words_are_frozen_in_every_language(self):
        form = self.form("email", name="Quotation", success="Thank you")
        form.with_context(lang="fr_FR").write({"name": "Devis", "success": "Merci"})
        self.question("email").with_context(lang="fr_FR").name = "Courriel"
        form.action_publish()
        for lang, name, label in (
            *(("en_US", "Quotation", "E-mail"), ("fr_FR", "Devis", "Courriel")),
            *(("fr_BE", "Devis", "Courriel"), ("nl_NL", "Quotation", "E-mail")),
        ):
            with self.subTest(lang=lang):
                said = form.version_id._said(lang)
                [line] = said["steps"][0]["lines"]
                self.assertEqual((said["name"], line["shape"]["label"]), (name, label))

    def test_a_form_may_speak_some_languages_only(self):
        form = self.form("email")
        form.with_context(lang="fr_FR").name = "Demande"
        form.lang_ids = self.env["res.lang"]._lang_get("fr_FR")
        form.action_publish()
        self.assertEqual(form.version_id.content["langs"], ["fr_FR"])
        self.assertEqual(form.version_id._said("en_US")["name"], "Demande")

    def test_a_version_is_changed_by_nobody(self):
        version = self.published().version_id
        for each in (version.with_user(self.boss), version.with_user(self.rep)):
            with self.assertRaises(UserError):
                each.write({"content": {}})
            with self.assertRaises(UserError):
                each.unlink()
            with self.assertRaises(AccessError):
                each.create({"form_id": version.form_id.id, "number": 9, "content": {}})
        with self.assertRaisesRegex(UserError, "it is evidence"):
            version.sudo().write({"number": 3})
        with self.assertRaisesRegex(UserError, "it is evidence"):
            version.sudo().unlink()

    def test_two_who_publish_at_once_make_no_version_twice(self):
        form = self.published()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.cr.savepoint(),
        ):
            form.version_id.sudo().copy({})
            self.env.flush_all()

    def test_going_back_to_a_former_version(self):
        self.notice()._publish()
        form = self.published(
            "email", "need", intro="Hello", origins="https://a.example", consent_ids=[self.box()]
        )
        form.with_context(lang="fr_FR").intro = "Bonjour"
        form.line_ids[1].write({"required": True, "step_title": "Your need", "asked": "next_best"})
        form.action_publish()
        former = form.version_id
        self.line(form, "need").unlink()
        form.write({"name": "Other", "intro": "Bye", "origins": False, "use": "fair"})
        form.consent_ids = [Command.clear()]
        form.with_context(lang="fr_FR").intro = "Salut"
        form.action_publish()
        action = former.with_user(self.boss).action_go_back()
        self.assertEqual(action["res_id"], form.id)
        self.assertEqual(form.version_id.content["name"]["en_US"], "Other", "until published")
        form.action_publish()
        self.assertEqual(form.version_id.content, former.content)
        self.assertEqual(form.version_id.number, former.number + 2)
        with self.assertRaises(AccessError):
            former.with_user(self.rep).action_go_back()

    # -- what stands in the way ------------------------------------------------------

    def test_what_visitors_may_not_be_asked_is_not_published(self):
        pain = self.question("pain")
        self.assertFalse(pain.is_public)
        form = self.form("email", "pain")
        self.assertIn("Pain", self.line(form, "pain").problem)
        with self.assertRaisesRegex(UserError, "no longer allows to ask it of visitors"):
            form.action_publish()
        self.assertFalse(form.version_id)

    def test_a_question_that_may_no_longer_be_asked_stays_published_and_is_told(self):
        form = self.published("email", "need", "phone")
        self.question("need").is_public = False
        self.question("phone").active = False
        self.env.invalidate_all()
        self.assertEqual(self.codes(form.version_id), [["email", "need", "phone"]])
        for sentence in ("“Need”: the catalogue no longer allows", "“Phone” is archived"):
            self.assertIn(sentence, form.problems)
        with self.assertRaises(UserError):
            form.action_publish()
        (self.line(form, "need") + self.line(form, "phone")).unlink()
        form.action_publish()
        self.assertEqual(self.codes(form.version_id), [["email"]])

    def test_a_question_that_is_not_published_or_has_no_plain_answer(self):
        field = self.env["ir.model.fields"]._get("crm.lead", "city")
        fresh = self.env["customer.sheet.question"].create(
            {"code": "fresh", "name": "Fresh", "lead_field_ids": field.ids, "is_public": True}
        )
        people = self.question("stakeholders")
        people.is_public = True
        form = self.form("email")
        form.line_ids = [Command.create({"question_id": each.id}) for each in (fresh, people)]
        self.assertEqual(
            form._problems(),
            [
                "“Fresh” is not in the published catalogue yet.",
                "“Stakeholders”: what answers it cannot be typed into a form.",
            ],
        )

    def test_a_question_of_one_company_is_asked_by_its_forms(self):
        self.question("need").company_id = self.env.company
        form = self.form("email", "need")
        with self.assertRaisesRegex(UserError, "a question of another company"):
            form.action_publish()
        form.company_id = self.env.company
        form.action_publish()

    def test_a_form_without_question_is_not_published(self):
        form = self.forms.create({"name": "Nothing"})
        with self.assertRaisesRegex(UserError, "no question yet"):
            form.action_publish()

    def test_a_list_without_values_is_left_out_until_it_has_some(self):
        offered = self.env["product.template"].search([("sheet_on_forms", "=", True)])
        offered.sheet_on_forms = False
        form = self.published("email", "product")
        self.assertEqual(self.codes(form.version_id), [["email"]])
        self.assertIn("“Product of interest” is left out", form.warnings)
        self.env["product.template"].create({"name": "Audit", "sheet_on_forms": True})
        form.invalidate_recordset()
        self.assertIn("New question: Product of interest", form.changes)
        self.assertFalse(form.warnings)

    def test_the_editor_warns_of_what_will_be_missed(self):
        form = self.form("need", source_id=False)
        self.assertIn("Nobody can be answered", form.warnings)
        self.assertIn("do not say where they come from", form.warnings)
        form.action_publish()

    # -- the editor ----------------------------------------------------------------------

    def test_what_is_typed_shows_before_it_is_saved(self):
        record = self.published("email", "need")
        with Form(record) as form:
            self.assertFalse(form.is_changed)
            form.name = "Ask for a quotation"
            self.assertTrue(form.is_changed)
            self.assertIn("Title", form.changes)
            self.assertIn("Ask for a quotation", form.preview)
            with form.line_ids.new() as line:
                line.question_id = self.question("phone")
            self.assertIn("New question: Phone", form.changes)
            self.assertIn("+33 1 42 68 53 00", form.preview)
            form.preview_lang = "fr_FR"
            self.assertIn('lang="fr-FR" dir="ltr"', form.preview)
        self.assertEqual(self.codes(record.version_id), [["email", "need"]])

    def test_versions_say_what_changed(self):
        form = self.published("email", "need")
        form.write({"success": "Thanks", "line_ids": [Command.unlink(form.line_ids[1].id)]})
        form.action_publish()
        version = form.version_id.with_user(self.rep)
        self.assertIn("Question taken out: Need", version.changes)
        self.assertIn("Thank-you text", version.changes)
        self.assertTrue(version.is_current)
        self.assertFalse(version.previous_id.is_current)
        self.assertFalse(version.previous_id.changes)
        action = form.with_user(self.rep).action_open_versions()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.mapped("number"), [2, 1])
