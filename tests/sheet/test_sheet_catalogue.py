from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetCatalogue(SheetCase):
    """The catalogue is edited as a draft; only the last published version counts."""

    def publish_wizard(self):
        return self.env["customer.sheet.catalogue.publish"].with_user(self.manager).create({})

    def test_the_shipped_catalogue_is_in_force_after_installation(self):
        version = self.versions._current()
        self.assertGreaterEqual(version.question_count, 15)
        self.assertEqual(version.question_count, self.questions.search_count([]))

    def test_a_draft_changes_no_score(self):
        lead = self.lead(contact_name="Ada")
        before = lead.sheet_completeness
        self.questions.search([("code", "=", "city")]).lead_required = "creation"
        lead.city = "Lyon"
        self.assertEqual(lead.sheet_completeness, before)
        self.assertNotIn("city", lead._sheet_answer_states()[lead.id])

    @users("sheet_manager")
    def test_publishing_says_first_what_will_change(self):
        lead = self.lead(
            contact_name="Salma Bennani",
            email_from="s.bennani@atlas-meca.ma",
            sheet_product_id=self.product.id,
            sheet_source_id=self.source.id,
        )
        self.env.flush_all()
        city = self.env["customer.sheet.question"].search([("code", "=", "city")])
        city.write({"lead_required": "creation", "weight": 4})
        wizard = self.publish_wizard()
        self.assertIn("City", wizard.changes)
        self.assertIn("Weight", wizard.changes)
        impact = self.versions._impact(self.questions._draft())["crm.lead"]
        self.assertGreaterEqual(impact["to_incomplete"], 1)
        self.assertEqual(lead.sheet_completeness, 100, "nothing has changed yet")
        wizard.action_publish()
        self.refresh()
        self.assertLess(lead.sheet_completeness, 100)
        self.assertEqual(lead.sheet_missing, ["city"])

    def test_publishing_nothing_new_is_refused(self):
        with self.assertRaisesRegex(UserError, "Nothing has changed"):
            self.publish_wizard().action_publish()

    def test_going_back_restores_every_value_of_every_question(self):
        first = self.versions._current()
        city = self.questions.search([("code", "=", "city")])
        city.with_context(lang="fr_FR").name = "Localité"
        second = self.versions._publish()
        city.write({"lead_required": "never", "weight": 9, "lead_field_ids": [Command.clear()]})
        city.with_context(lang="fr_FR").name = "Commune"
        self.questions.search([("code", "=", "email")]).active = False
        self.question("extra", lead=["referred"], lead_required="creation")
        self.versions._publish()
        second.with_user(self.manager).action_restore()
        by_code = {entry["code"]: entry for entry in self.questions._draft()}
        self.assertEqual(by_code, {entry["code"]: entry for entry in second.snapshot})
        self.assertNotEqual(first.snapshot, second.snapshot)

    def test_versions_say_what_changed_between_them(self):
        self.question("extra", lead=["referred"])
        self.questions.search([("code", "=", "city")]).weight = 7
        self.questions.search([("code", "=", "website")]).active = False
        changes = self.versions._publish().changes
        for words in ("New question: <b>Extra</b>", "taken out: <b>Website</b>", "Weight"):
            self.assertIn(words, changes)

    def test_a_published_version_cannot_be_changed_or_deleted(self):
        version = self.versions._current()
        with self.assertRaises(AccessError):
            version.with_user(self.manager).write({"snapshot": []})
        with self.assertRaises(UserError):
            version.unlink()

    def test_records_keep_the_version_in_force_at_their_creation(self):
        old = self.versions._current()
        lead = self.lead()
        self.env.flush_all()
        self.question("extra", lead=["referred"])
        new = self.versions._publish()
        self.assertEqual(lead.sheet_catalogue_version_id, old)
        self.assertEqual(self.lead().sheet_catalogue_version_id, new)

    def test_a_question_says_how_many_sheets_it_concerns(self):
        person = self.question("p", partner=["function"], level="person")
        company = self.question("c", partner=["vat"], level="company")
        before = person.sheet_count, company.sheet_count
        self.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        (person | company).invalidate_recordset()
        self.assertEqual((person.sheet_count, company.sheet_count), (before[0], before[1] + 1))

    def test_fields_that_cannot_hold_an_answer_are_refused_with_the_reason(self):
        for model, name in [
            ("res.partner", "active"),  # a yes/no
            ("res.partner", "display_name"),  # computed, not stored by people
            ("res.partner", "barcode"),  # a value per company
            ("crm.lead", "day_open"),  # read-only
            ("crm.lead", "duplicate_lead_ids"),  # not stored
        ]:
            host = "partner" if model == "res.partner" else "lead"
            with self.assertRaisesRegex(ValidationError, "cannot hold the answer to “Bad_"):
                self.question(f"bad_{name}", **{host: [name]})

    def test_a_question_without_any_place_for_the_answer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Choose a contact field or a lead field"):
            self.question("nowhere")

    def test_a_question_from_a_stage_on_needs_the_stage(self):
        with self.assertRaisesRegex(ValidationError, "From stage"):
            self.question("q", lead=["city"], lead_required="stage")
        self.env["crm.stage"].search([]).unlink()
        self.assertTrue(self.question("q2", lead=["city"], lead_required="stage"), "none is left")

    def test_a_code_with_a_space_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "my code"):
            self.question("my code", lead=["city"])

    def test_a_status_field_must_know_the_value_invalid(self):
        with self.assertRaisesRegex(ValidationError, "email_state"):
            self.question("q", lead=["email_from"], status_field="email_state")

    def test_an_invalid_answer_counts_as_missing(self):
        self.manual_field(
            "x_status",
            ttype="selection",
            selection_ids=[
                Command.create({"value": value, "name": value}) for value in ("valid", "invalid")
            ],
        )
        self.only(
            self.question("q", lead=["city"], status_field="x_status", lead_required="creation")
        )
        lead = self.env["crm.lead"].create({"name": "R", "city": "Lyon", "x_status": "invalid"})
        self.assertEqual(lead.sheet_missing, ["q"])
        self.assertEqual(lead._sheet_answer_states()[lead.id], {"q": "invalid"})
        lead.x_status = "valid"
        self.assertEqual(lead.sheet_completeness, 100)
        lead._sheet_refresh(lead.id - 1, 1)
        self.assertEqual(lead.sheet_completeness, 100)

    def test_a_question_whose_field_disappears_is_archived_with_a_message(self):
        field = self.manual_field("x_size", ttype="char")
        question = self.question("size", lead=["x_size"], lead_required="creation")
        self.versions._publish()
        field.unlink()
        self.assertFalse(question.active)
        self.assertIn("no longer exists", question.message_ids[0].body)
        self.assertNotIn("size", self.lead().sheet_missing)

    def test_a_published_question_is_archived_rather_than_deleted_or_renamed(self):
        email = self.questions.search([("code", "=", "email")])
        with self.assertRaisesRegex(UserError, "Archive it"):
            email.unlink()
        with self.assertRaisesRegex(UserError, "Archive it"):
            email.code = "mail"

    def test_moving_a_stage_recomputes_the_leads(self):
        lead = self.lead(stage_id=self.new.id)
        self.new.sequence = self.qualified.sequence + 1
        self.refresh()
        self.assertIn("deadline", lead.sheet_missing)

    def test_removing_the_stage_of_a_question_leaves_it_uncounted(self):
        stage = self.env["crm.stage"].create({"name": "Study", "sequence": 2})
        question = self.question(
            "q", lead=["city"], lead_required="stage", lead_required_stage_id=stage.id
        )
        self.versions._publish()
        stage.unlink()
        lead = self.lead(stage_id=self.won.id)
        self.assertNotIn(question.code, lead._sheet_answer_states()[lead.id])

    def manual_field(self, name, **values):
        model_id = self.env["ir.model"]._get_id("crm.lead")
        return self.env["ir.model.fields"].create(
            {"name": name, "field_description": name, "model_id": model_id, **values}
        )
