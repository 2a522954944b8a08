from odoo.tests import tagged

from ..plans import indexes_of
from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetSearch(SheetCase):
    """G2: sheets are found, grouped and counted by what they lack."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.only(
            cls.question("town", lead=["city"], lead_required="creation", weight=3),
            cls.question("call", lead=["phone"], lead_required="creation"),
        )
        leads = cls.env["crm.lead"].with_user(cls.rep)
        cls.empty, cls.half, cls.full = leads.create(
            [
                {"name": "Empty"},
                {"name": "Half", "city": "Lyon"},
                {"name": "Full", "city": "Lyon", "phone": "+33142685300"},
            ]
        )
        cls.all = cls.empty | cls.half | cls.full

    def found(self, *conditions):
        return self.all.search([("id", "in", self.all.ids), *conditions])

    def test_by_missing_code(self):
        self.assertEqual(self.found(("sheet_missing", "in", ["town"])), self.empty)
        self.assertEqual(self.found(("sheet_missing", "=", "call")), self.empty | self.half)
        self.assertEqual(self.found(("sheet_missing", "not in", ["town"])), self.half | self.full)

    def test_by_anything_missing(self):
        self.assertEqual(self.found(("sheet_missing", "=", False)), self.full)
        self.assertEqual(self.found(("sheet_missing", "!=", False)), self.empty | self.half)

    def test_by_codes_and_nothing_at_once(self):
        for value, found in (
            (["town", False], self.empty | self.full),
            (["town", "call"], self.empty | self.half),
            (["nowhere"], self.env["crm.lead"]),
            ([], self.env["crm.lead"]),
            ([False], self.full),
        ):
            for operator, expected in (("in", found), ("not in", self.all - found)):
                with self.subTest(operator=operator, value=value):
                    self.assertEqual(self.found(("sheet_missing", operator, value)), expected)
                    contrary = ["!", ("sheet_missing", operator, value)]
                    self.assertEqual(self.found(*contrary), self.all - expected)

    def test_what_others_own_is_not_found(self):
        self.half.sudo().user_id = self.manager
        self.assertEqual(self.found(("sheet_missing", "in", ["town", "call"])), self.empty)
        self.assertEqual(self.found(("sheet_missing", "not in", ["town"])), self.full)

    def test_missing_codes_are_looked_up_in_their_index(self):
        for host in ("crm.lead", "res.partner"):
            table = self.env[host]._table
            for value in ("town", ["town", "call"]):
                used = indexes_of(self.env[host], [("sheet_missing", "in", value)])
                self.assertEqual(used, {f"{table}_sheet_missing_index"})
            used = indexes_of(self.env[host], [("sheet_completeness", "=", 100)])
            self.assertEqual(used, {f"{table}__sheet_completeness_index"})

    def test_by_missing_question(self):
        question = self.questions.search([("code", "=", "town")])
        field = "sheet_missing_question_ids"
        self.assertEqual(self.found((field, "in", question.ids)), self.empty)
        self.assertEqual(self.found((field, "ilike", "Tow")), self.empty)
        self.assertEqual(self.half.sheet_missing_question_ids.code, "call")

    def test_by_band(self):
        self.assertEqual(self.found(("sheet_band", "=", "75")), self.half)
        self.assertEqual(self.found(("sheet_band", "in", ["0", "100"])), self.empty | self.full)
        self.assertEqual(self.half.sheet_band, "75")

    def test_grouped_by_band_with_the_average(self):
        groups = self.all._read_group(
            [("id", "in", self.all.ids)], ["sheet_band"], ["__count", "sheet_completeness:avg"]
        )
        self.assertEqual(sorted(groups), [("0", 1, 0.0), ("100", 1, 100.0), ("75", 1, 75.0)])

    def test_grouped_by_band_through_the_web_client(self):
        groups = self.all.web_read_group([("id", "in", self.all.ids)], ["sheet_band"])["groups"]
        self.assertEqual({group["sheet_band"] for group in groups}, {"0", "75", "100"})

    def test_no_sheet_is_not_zero_percent(self):
        user = self.rep.partner_id
        partners = self.env["res.partner"]
        self.assertIn(user, partners.search([("sheet_completeness", "=", False)]))
        self.assertNotIn(user, partners.search([("sheet_completeness", "<", 50)]))
        self.assertNotIn(user, partners.search([("sheet_band", "=", "0")]))
