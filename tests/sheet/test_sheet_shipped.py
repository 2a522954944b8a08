from odoo.tests import TransactionCase, tagged

from ...models.sheet.catalogue.plan_question import can_hold_answer

HOSTS = {"crm.lead": "lead_field_ids", "res.partner": "partner_field_ids"}

#: Filled by the application, so nobody is asked.
NOT_ASKED = {
    "sheet_reference",
    "sheet_catalogue_version_id",
    "sheet_completeness",
    "sheet_missing",
    "sheet_mql_at",
    "sheet_qualified_at",
}


@tagged("post_install", "-at_install")
class TestSheetShipped(TransactionCase):
    """A1-A7, B1-B6, C1, C2, F6: what is in the box is complete and ready to use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ours = [("module", "=", "crm_customer_sheet")]
        data = cls.env["ir.model.data"]
        questions = data.search([*ours, ("model", "=", "customer.sheet.question")])
        options = data.search([*ours, ("model", "=", "customer.sheet.option")])
        cls.questions = cls.env["customer.sheet.question"].browse(questions.mapped("res_id"))
        cls.options = cls.env["customer.sheet.option"].browse(options.mapped("res_id"))

    def codes(self, **values):
        return set(
            self.questions.filtered(
                lambda question: all(question[name] == value for name, value in values.items())
            ).mapped("code")
        )

    def test_five_questions_count_from_the_creation_of_a_lead(self):
        self.assertEqual(
            self.codes(lead_required="creation"), {"name", "email", "product", "source", "owner"}
        )

    def test_every_field_that_people_fill_answers_a_question(self):
        for model, held_by in HOSTS.items():
            asked = set(self.questions[held_by].mapped("name"))
            answers = {
                name
                for name, field in self.env[model]._fields.items()
                if name.startswith("sheet_") and can_hold_answer(field)
            }
            self.assertFalse(answers - asked - NOT_ASKED, model)

    def test_every_question_can_be_asked(self):
        for question in self.questions:
            self.assertTrue(question.wording and question.why, question.code)
            self.assertTrue(question.wording.endswith("?"), question.code)
            self.assertTrue(question.example or question.hint, question.code)
            self.assertIn(question.weight, (1, 2, 3), question.code)

    def test_stakeholders_are_asked_on_leads_only(self):
        for host, asked in (("crm.lead", True), ("res.partner", False)):
            codes = {question.code for question in self.env[host]._sheet_plan().questions}
            self.assertIs("stakeholders" in codes, asked, host)

    def test_what_a_person_says_is_marked_as_personal(self):
        for question in self.questions.filtered(lambda question: question.level == "person"):
            self.assertNotEqual(question.data_category, "none", question.code)

    def test_each_pillar_is_supported(self):
        pillars = dict(self.questions._fields["pillar"].selection)
        self.assertEqual(set(self.questions.mapped("pillar")) - {False}, set(pillars))
        qualified = self.env["crm.stage"]._sheet_shipped_stage("crm.stage_lead2")
        bant = self.questions.filtered(
            lambda question: question.lead_required_stage_id.id == qualified
        ).mapped("pillar")
        self.assertLessEqual({"budget", "authority", "need", "timing"}, set(bant))

    def test_each_sector_asks_two_or_three_things_before_a_proposal(self):
        sectors = self.options.filtered(lambda option: option.kind == "sector")
        for sector in sectors.filtered(lambda option: option.code != "other"):
            own = self.questions.filtered(lambda q, s=sector: q.sector_ids == s)
            self.assertGreaterEqual(len(own), 5, sector.code)
            self.assertIn(len(own.filtered(lambda q: q.lead_required == "stage")), (2, 3))
            self.assertEqual(set(own.mapped("section")), {"sector"})

    def test_nothing_more_than_needed_is_asked_of_a_person(self):
        """B6, D9: the date of birth never counts and is never asked of a visitor."""
        birthdate = self.questions.filtered(lambda question: question.code == "birthdate")
        self.assertEqual(
            (birthdate.lead_required, birthdate.contact_required, birthdate.is_public),
            ("never", "never", False),
        )

    def test_every_list_has_values(self):
        kinds = dict(self.options._fields["kind"].selection)
        filled = self.options.grouped("kind")
        self.assertEqual(set(filled), set(kinds))
        for kind, options in filled.items():
            self.assertGreaterEqual(len(options), 5, kind)

    def test_names_are_unique_within_a_list_so_that_exports_come_back(self):
        for lang in {"en_US", *dict(self.env["res.lang"].get_installed())}:
            for kind, options in self.options.with_context(lang=lang).grouped("kind").items():
                names = [name.lower() for name in options.mapped("name")]
                self.assertEqual(len(names), len(set(names)), (lang, kind))

    def test_legal_forms_and_regions_know_their_country(self):
        for kind in ("legal_form", "region"):
            options = self.options.filtered(lambda option, k=kind: option.kind == k)
            self.assertEqual(set(options.country_id.mapped("code")), {"FR", "BE", "MA", "CH", "LU"})
            self.assertFalse(options.filtered(lambda option: not option.country_id))
