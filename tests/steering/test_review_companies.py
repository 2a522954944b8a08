from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..people import person
from .review_common import MONTH, ReviewCase


@tagged("post_install", "-at_install")
class TestReviewCompanies(ReviewCase):
    """C8, S7: a review is of one company, and its signature says of which."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here, cls.away = cls.env.company, cls.env["res.company"].create({"name": "Away"})
        cls.away.partner_id.type = "other"  # has no sheet
        works_there = {"company_id": cls.away.id, "company_ids": [(6, 0, cls.away.ids)]}
        cls.theirs = person(cls.env, "steward", "steward_away", **works_there)
        cls.ours.company_id, cls.nobodys.company_id = cls.here, False
        cls.roof = cls.env["crm.lead"].create(
            {"name": "Roof", "company_id": cls.away.id, "user_id": False, "team_id": False}
        )

    def open_there(self):
        self.env.flush_all()
        return self.reviews._open_period("month", MONTH, self.away).with_user(self.theirs)

    def test_it_is_of_the_records_of_its_company_and_of_none(self):
        here, there = self.open(), self.open_there()
        self.assertEqual(self.line(here, "unowned").res_ids, self.nobodys.ids)
        self.assertEqual(self.line(there, "unowned").res_ids, (self.nobodys | self.roof).ids)
        incomplete = there.line_ids.filtered(lambda line: line.worklist == "incomplete")
        self.assertNotIn(self.ours.id, sum(incomplete.mapped("res_ids"), []))
        self.assertEqual((here.sheet_count, there.sheet_count), (2, 2))
        self.assertEqual(self.reviews._figures(MONTH)["sheet_count"], 3)
        self.assertEqual((here.user_id, there.user_id), (self.steward, self.theirs))
        self.assertEqual(there.name, "Review of January 2031, Away")
        self.assertEqual(self.reviews.search([("name", "=", there.name)]).ids, there.ids)

    def test_its_signature_says_of_which(self):
        review = self.open_there()
        self.accept_all(review)
        review.action_sign()
        self.assertEqual(review.frozen["signed"]["company"], "Away")
        self.assertEqual(review.frozen["company"], self.away.id)
        self.away.name = "Elsewhere"
        self.assertTrue(review.is_intact)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_sheet_review SET company_id = %s WHERE id = %s",
            [self.here.id, review.id],
        )
        self.env.invalidate_all()
        self.assertFalse(review.with_user(self.steward).is_intact)

    def test_a_quarter_is_of_its_company_too(self):
        review = self.reviews._open_period("quarter", MONTH, self.away)
        sample = review.line_ids.filtered(lambda line: line.worklist == "sample")
        self.assertEqual(set(sum(sample.mapped("res_ids"), [])), {self.nobodys.id, self.roof.id})
        stewards = review._part()["members"]["crm_customer_sheet.group_sheet_steward"]
        self.assertIn(self.theirs.id, stewards)
        self.assertNotIn(self.steward.id, stewards)

    def test_nobody_elsewhere_sees_or_signs_it(self):
        review = self.open_there().with_user(self.steward)
        for call in (
            lambda: review.read(["sheet_count"]),
            review.action_sign,
            review.action_sign_second,
            lambda: review.line_ids.read(["reason"]),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_month_is_over_when_it_is_over_there(self):
        """An hour before Greenwich, in Casablanca; each company once."""
        self.env.ref("base.main_company").resource_calendar_id.tz = "UTC"
        self.away.resource_calendar_id.tz = "Africa/Casablanca"
        opened = {}
        for moment in ("2031-01-31 23:30:00", "2031-02-01 05:00:00"):
            with freeze_time(moment):
                self.reviews._cron_review()
                opened[moment] = self.reviews.search([("month", "=", MONTH)]).company_id
        first, second = opened.values()
        self.assertIn(self.away, first)
        self.assertNotIn(self.here, first)
        self.assertIn(self.here, second)
        both = [("month", "=", MONTH), ("company_id", "in", (self.here | self.away).ids)]
        self.assertEqual(self.reviews.search_count(both), 2)

    def test_a_record_is_of_the_month_in_which_it_came_there(self):
        self.away.resource_calendar_id.tz = "Africa/Casablanca"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2031-01-31 23:30:00' WHERE id = %s", [self.roof.id]
        )
        self.assertEqual(self.reviews._figures(MONTH, 1, self.away)["new_count"], 0)
        self.assertEqual(self.reviews._figures(MONTH, 2, self.away)["new_count"], 1)
