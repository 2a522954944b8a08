from hashlib import md5
from unittest.mock import patch

from odoo.tests import tagged

from ...models.sheet.controls.control import CustomerSheetControl
from .review_common import ReviewCase

CONTROLS = (
    {"code": "reviews", "kind": "data", "name": "R", "ok": False, "evidence": "3 are late"},
    {"code": "charter", "kind": "data", "name": "C", "ok": True, "evidence": ""},
)


@tagged("post_install", "-at_install")
class TestQuarter(ReviewCase):
    """C8: controls, a sample that anybody can draw again, exports, who may do more than others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contacts = cls.env["res.partner"].create([{"name": f"Ada {n}"} for n in range(50)])
        cls.env["customer.sheet.control"]._declare()

    def judged(self, controls=CONTROLS):
        return patch.object(CustomerSheetControl, "_judged", lambda self: controls)

    def sample(self, review):
        return review.line_ids.filtered(lambda line: line.worklist == "sample")

    def test_thirty_sheets_are_drawn_by_a_seed_that_draws_them_again(self):
        review = self.open("quarter")
        signs = {"res.partner": 1, "crm.lead": -1}
        nodes = [
            signs[line.res_model] * line.res_ids[0] for line in self.sample(review).sorted("id")
        ]
        self.assertEqual(len(nodes), 30)
        self.assertEqual(review.sudo()._drawn(), nodes)
        sheets = [*self.contacts.ids, -self.ours.id, -self.nobodys.id]
        lots = sorted(sheets, key=lambda node: md5(f"{review.seed}:{node}".encode()).hexdigest())
        self.assertEqual(nodes, lots[:30])

    def test_another_quarter_draws_others(self):
        one, two = self.reviews._open_period("quarter", self.env.company.create_date.date()), None
        two = self.open("quarter")
        self.assertNotEqual(one.seed, two.seed)

    def test_each_sheet_is_found_right_or_wrong_with_what_is_wrong(self):
        review = self.open("quarter")
        right, wrong = self.sample(review)[:2]
        right.verdict = "right"
        with self.assertRaisesRegex(Exception, "what is wrong"):
            wrong.verdict = "wrong"
        wrong.write({"verdict": "wrong", "because": "Moved away"})
        self.assertEqual([right.state, wrong.state], ["checked", "checked"])

    def test_words_alone_do_not_check_a_sheet(self):
        line = self.sample(self.open("quarter"))[:1]
        line.because = "I was told so"
        self.assertEqual(line.state, "open")

    def test_a_control_that_is_not_right_is_a_line_until_it_is(self):
        with self.judged():
            review = self.open("quarter")
        line = self.line(review, "control")
        self.assertEqual((line.reason, line.state), ("reviews", "open"))
        self.assertEqual(line.reason_text, "Every review is signed in time")
        with self.judged([{**CONTROLS[0], "ok": True}]):
            review.action_look_again()
        self.assertEqual(line.state, "fixed")

    def test_findings_become_activities(self):
        with self.judged():
            review = self.open("quarter")
            wrong = self.sample(review)[:1]
            wrong.write({"verdict": "wrong", "because": "Moved away"})
            self.accept_all(review)
            review.action_sign()
        sheet = self.env[wrong.res_model].browse(wrong.res_ids)
        self.assertEqual(sheet.activity_ids.mapped("summary"), ["Moved away"])
        summaries = review.activity_ids.mapped("summary")
        self.assertIn("To be put right: Every review is signed in time", summaries)

    def test_exports_and_members_are_frozen(self):
        contacts = self.contacts.with_user(self.manager)
        logs = contacts.env["customer.sheet.export.log"]
        log = logs._note("res.partner", self.contacts.ids, "export", ["name"])
        self.env.cr.execute(
            "UPDATE customer_sheet_export_log SET create_date = '2031-02-10' WHERE id = %s",
            [log.id],
        )
        with self.judged():
            review = self.open("quarter")
            self.accept_all(review)
            review.action_sign()
        [export] = review.frozen["exports"]
        self.assertEqual(
            export,
            {
                "user": self.manager.id,
                "kind": "export",
                "model": "res.partner",
                "times": 1,
                "records": 50,
            },
        )
        members = review.frozen["members"]["crm_customer_sheet.group_sheet_privacy"]
        self.assertIn(self.officer.id, members)
        self.assertIn(self.manager.name, review.summary)
        self.assertIn("3 are late", review.summary)
