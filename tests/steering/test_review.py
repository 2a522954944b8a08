from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..duplicates.merge_common import MergeCase

JANUARY = date(2031, 1, 1)
PERSON = {"email": "ada@leroy-conseil.fr", "phone": "+33612345678", "zip": "69001"}


@tagged("post_install", "-at_install")
class TestReview(MergeCase):
    """C8, G1: once a month somebody looks through the base, with the duplicate rates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviews = cls.env["customer.sheet.review"]
        cls.pairs = cls.env["customer.sheet.duplicate"]
        cls.before = cls.reviews._figures(JANUARY)

    def born(self, records, day):
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {records._table} SET create_date = %s WHERE id = ANY(%s)",
            [datetime(2031, 1, day), records.ids],
        )
        records.invalidate_recordset(["create_date"])

    def match(self):
        self.env["res.partner"]._sheet_match_flush()
        while self.pairs._match_dirty():
            pass

    def grown(self, name):
        return self.reviews._figures(JANUARY)[name] - self.before[name]

    def test_the_newer_record_of_a_customer_is_the_duplicate(self):
        one, two, other = (self.contact("Ada Leroy", **PERSON) for _n in range(3))
        other.write({"name": "Karim Haddad", "email": "k@haddad.ma", "phone": "", "zip": "10000"})
        self.born(one | two | other, 5)
        self.match()
        self.assertEqual(self.grown("sheet_count"), 3)
        self.assertEqual(self.grown("new_count"), 3)
        self.assertEqual(self.grown("new_duplicate_count"), 1)
        self.assertEqual(self.grown("duplicate_count"), 1)

    def test_a_merged_duplicate_still_counts_a_decided_one_does_not(self):
        contacts = [self.contact("Ada Leroy", **PERSON) for _n in range(3)]
        self.born(self.env["res.partner"].concat(*contacts), 5)
        self.match()
        self.merge(contacts[0], contacts[1])
        self.match()
        self.assertEqual(self.grown("new_duplicate_count"), 2)
        self.assertEqual(self.grown("new_merged_count"), 1)
        self.pairs._pair(contacts[0], contacts[2]).action_not_duplicate()
        self.assertEqual(self.grown("new_duplicate_count"), 1)
        self.assertEqual(self.grown("sheet_count"), 3)

    def test_a_request_of_a_known_contact_is_no_sheet_of_its_own(self):
        contact = self.contact("Ada Leroy", **PERSON)
        leads = self.lead("First", partner_id=contact.id) | self.lead("Second", contact_name="Bob")
        self.born(contact, 5)
        self.born(leads, 5)
        self.assertEqual(self.grown("sheet_count"), 2)

    @freeze_time("2031-02-01 05:00:00")
    def test_each_month_is_reviewed_once_by_the_one_chosen(self):
        setting = self.env["ir.config_parameter"].sudo()
        setting.set_param("crm_customer_sheet.reviewer_id", self.steward.id)
        self.reviews._cron_review()
        self.reviews._cron_review()
        review = self.reviews.search([("month", "=", JANUARY)])
        self.assertEqual(len(review), 1)
        self.assertEqual(review.activity_ids.user_id, self.steward)
        self.assertEqual(review.kind, "month")
        self.assertEqual(review.activity_ids.date_deadline, date(2031, 2, 8))
        self.assertEqual(review.name, "Review of January 2031")

    def test_without_a_choice_a_steward_is_asked(self):
        asked = self.reviews._reviewer(self.env.company)
        self.assertTrue(asked.has_group("crm_customer_sheet.group_sheet_steward"))

    @freeze_time("2031-04-01 05:00:00")
    def test_a_quarter_is_over_with_its_last_month(self):
        self.reviews._cron_review()
        found = self.reviews.search([("month", ">=", JANUARY)])
        self.assertEqual(
            {(each.kind, each.month) for each in found},
            {("month", date(2031, 3, 1)), ("quarter", JANUARY)},
        )
        names = set(found.mapped("name"))
        self.assertEqual(names, {"Review of March 2031", "Review of Q1 2031"})
        self.assertEqual(self.reviews.search([("name", "=", "Review of Q1 2031")]).kind, "quarter")

    def test_reps_do_not_see_reviews(self):
        review = self.reviews._open_period("month", JANUARY)
        for call in (
            lambda mine: mine.read(["duplicate_rate"]),
            lambda mine: mine.action_sign(),
            lambda mine: mine.action_look_again(),
        ):
            with self.assertRaises(AccessError):
                call(review.with_user(self.rep))

    def test_the_figures_cost_one_query(self):
        self.env.flush_all()
        self.reviews._figures(JANUARY)
        with self.assertQueryCount(1):
            self.reviews._figures(JANUARY)
