from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetAnswers(SheetCase):
    """ "Not known yet" is an answer for people, never for the score or a gate."""

    def setUp(self):
        super().setUp()
        self.mine = self.lead(contact_name="Ada")

    def test_not_known_yet_never_counts(self):
        before = self.mine.sheet_completeness
        self.mine.sheet_set_unknown("email", "On holiday", "2030-01-15")
        self.assertEqual(self.mine.sheet_completeness, before)
        self.assertIn("email", self.mine.sheet_missing)

    def test_a_date_schedules_a_stock_activity_for_the_rep(self):
        self.mine.sheet_set_unknown("email", "On holiday", "2030-01-15")
        activity = self.mine.activity_ids
        self.assertEqual(activity.user_id, self.rep)
        self.assertEqual(activity.summary, "Ask again: E-mail")
        self.assertEqual(str(activity.date_deadline), "2030-01-15")
        answers = self.mine.sheet_answers()
        self.assertEqual(answers["email"]["state"], "unknown")
        self.assertEqual(answers["email"]["reason"], "On holiday")
        self.assertEqual(answers["email"]["reask_date"], "2030-01-15")

    def test_saying_it_again_replaces_the_reminder(self):
        self.mine.sheet_set_unknown("email", "On holiday", "2030-01-15")
        self.mine.sheet_set_unknown("email", "Still away", "2030-02-15")
        self.assertEqual(len(self.mine.activity_ids), 1)
        self.assertEqual(self.mine.sheet_answers()["email"]["reask_date"], "2030-02-15")

    def test_an_answer_makes_the_reminder_go(self):
        self.mine.sheet_set_unknown("email", "On holiday", "2030-01-15")
        self.mine.email_from = "ada@nestor.fr"
        self.assertFalse(self.mine.sheet_answers())
        self.assertFalse(self.mine.activity_ids)

    def test_it_can_be_taken_back(self):
        self.mine.sheet_set_unknown("email", "On holiday", "2030-01-15")
        self.mine.sheet_clear_unknown("email")
        self.assertFalse(self.mine.sheet_answers())
        self.assertFalse(self.mine.activity_ids)

    def test_a_right_value_that_looks_like_filler_can_be_confirmed(self):
        self.mine.contact_name = "Toto"
        self.assertIn("name", self.mine.sheet_missing)
        self.mine.sheet_confirm_value("name")
        self.assertEqual(self.mine.contact_name, "Toto")
        self.assertNotIn("name", self.mine.sheet_missing)
        self.assertNotIn("name", [gap["code"] for gap in self.mine.sheet_gaps["items"]])

    def test_a_confirmation_holds_for_the_confirmed_value_only(self):
        self.mine.contact_name = "Toto"
        self.mine.sheet_confirm_value("name")
        self.mine.contact_name = "xxx"
        self.assertIn("name", self.mine.sheet_missing)

    def test_an_unknown_question_is_refused_by_name(self):
        with self.assertRaisesRegex(UserError, "nonsense"):
            self.mine.sheet_set_unknown("nonsense")

    def test_only_on_leads_that_one_may_edit(self):
        theirs = self.lead(user=self.manager, user_id=self.manager.id)
        with self.assertRaises(AccessError):
            theirs.with_user(self.rep).sheet_set_unknown("email")
        with self.assertRaises(AccessError):
            theirs.with_user(self.rep).sheet_answers()

    def test_not_without_the_sheet_group(self):
        partner = self.env["res.partner"].create({"name": "Ada"})
        with self.assertRaises(AccessError):
            partner.with_user(self.outsider).sheet_answers()
        with self.assertRaises(AccessError):
            partner.with_user(self.outsider).sheet_set_unknown("email")

    def test_a_lead_merge_keeps_answers_and_sheet_values(self):
        other = self.lead(contact_name="Ada", sheet_source_id=self.source.id)
        other.sheet_set_unknown("email", "On holiday")
        (self.mine | other).with_user(self.manager).merge_opportunity()
        kept = (self.mine | other).exists()
        self.assertEqual(kept.sheet_source_id, self.source)
        self.assertIn("email", kept.sheet_answers())

    def test_a_contact_merge_keeps_answers(self):
        ada, twin = self.env["res.partner"].create([{"name": "Ada"}, {"name": "Ada"}])
        for partner in (ada, twin):
            partner.with_user(self.rep).sudo().sheet_set_unknown("email", "On holiday")
        self.env["base.partner.merge.automatic.wizard"]._merge((ada | twin).ids, ada)
        self.assertFalse(twin.exists())
        self.assertEqual(ada.sheet_answers()["email"]["state"], "unknown")
        self.assertTrue(ada.sheet_reference)
