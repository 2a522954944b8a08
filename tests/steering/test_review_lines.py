from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewLines(ReviewCase):
    """C8: what is wrong at the end of a month is frozen, and mended or accepted."""

    def test_what_is_wrong_is_frozen_by_reason_and_owner(self):
        review = self.open()
        line = self.line(review, "incomplete", self.rep)
        self.assertEqual((line.res_model, line.res_ids), ("crm.lead", self.ours.ids))
        self.assertEqual((line.count, line.left_count, line.state), (1, 1, "open"))
        question = self.env["customer.sheet.question"].search([("code", "=", line.reason)])
        self.assertEqual(line.reason_text, question.name)
        self.assertEqual(line.reason, self.ours.sheet_missing[0])
        self.assertEqual(self.line(review, "unowned").res_ids, self.nobodys.ids)

    def test_whom_nobody_has_told_where_their_data_come_from(self):
        self.ours._sheet_stamp({"sheet_inform_by": "2031-01-31"})
        line = self.line(self.open(), "inform")
        self.assertEqual((line.res_model, line.res_ids), ("crm.lead", self.ours.ids))
        self.assertEqual(line.owner_id, self.rep)

    def test_what_comes_later_is_not_in_it(self):
        review = self.open()
        self.env["crm.lead"].create({"name": "Later", "user_id": False})
        review.action_look_again()
        self.assertEqual(self.line(review, "unowned").left_count, 1)

    def test_it_is_fixed_when_its_records_are_not_when_somebody_says_so(self):
        review = self.open()
        line = self.line(review, "unowned")
        for values in ({"state": "fixed"}, {"left_count": 0}, {"res_ids": []}):
            with self.assertRaises(AccessError):
                line.write(values)
        self.nobodys.user_id = self.rep
        self.assertEqual(line.state, "open")
        review.action_look_again()
        self.assertEqual((line.left_count, line.state), (0, "fixed"))

    def test_whoever_accepts_it_says_why(self):
        line = self.line(self.open(), "unowned")
        line.because = "The shop is closed"
        self.assertEqual((line.state, line.decided_by_id), ("accepted", self.steward))
        self.assertIn("The shop is closed", line.sheet_changes)
        line.because = False
        self.assertEqual(line.state, "open")
        with self.assertRaises(ValidationError):
            line.verdict = "right"

    def test_what_says_nothing_is_no_reason(self):
        line = self.line(self.open(), "unowned")
        for nothing in (" ", "\n\t", "\u00a0", "\u200b", "...", "-", ""):
            line.because = nothing
            self.assertEqual((line.because, line.state), (False, "open"), ascii(nothing))
        line.because = "  The shop is closed \n"
        self.assertEqual(line.because, "The shop is closed")
        with self.assertRaisesRegex(ValidationError, "at most"):
            line.because = "x" * 100_000

    def test_whoever_is_to_correct_reads_it_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.rep.lang = "fr_FR"
        line = self.line(self.open(), "incomplete", self.rep)
        line.action_assign()
        kind = self.env.ref("crm_customer_sheet.mail_activity_type_review")
        planned = self.ours.sudo().activity_ids.filtered(lambda act: act.activity_type_id == kind)
        self.assertEqual(planned.summary, line.with_context(lang="fr_FR").display_name)

    def test_it_opens_what_is_left(self):
        review = self.open()
        line = self.line(review, "unowned")
        action = line.action_open()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), self.nobodys)
        self.nobodys.user_id = self.rep
        self.assertEqual(line.action_open()["domain"], [("id", "in", [])])

    def test_it_is_assigned_once_to_whoever_owns_the_records(self):
        review = self.open()
        lines = self.line(review, "incomplete", self.rep) | self.line(review, "unowned")
        told = self.env["mail.notification"].sudo()
        mine = [("res_partner_id", "=", self.rep.partner_id.id)]
        before = told.search_count(mine)
        lines.action_assign()
        lines.action_assign()
        planned = [
            lead.sudo().activity_ids.filtered("summary") for lead in (self.ours, self.nobodys)
        ]
        kind = self.env.ref("crm_customer_sheet.mail_activity_type_review")
        planned = [each.filtered(lambda act: act.activity_type_id == kind) for each in planned]
        self.assertEqual([each.user_id for each in planned], [self.rep, self.steward])
        self.assertEqual(planned[0].date_deadline, review.due_on)
        self.assertEqual(told.search_count(mine), before, "not an e-mail a record")

    def test_reps_neither_see_nor_decide_it(self):
        line = self.line(self.open(), "unowned").with_user(self.rep)
        for call in (
            lambda: line.read(["res_ids"]),
            lambda: line.write({"because": "No"}),
            line.action_assign,
            line.action_open,
        ):
            with self.assertRaises(AccessError):
                call()

    def test_it_is_looked_at_again_in_sets(self):
        review = self.open().sudo()
        review.line_ids._look_again()
        lists = {(line.worklist, line.res_model) for line in review.line_ids}
        self.env.invalidate_all()
        review.line_ids.mapped("res_ids")
        with self.assertQueryCount(len(lists) + 1):
            review.line_ids._look_again()

    def test_nobody_takes_a_line_away(self):
        line = self.line(self.open(), "unowned")
        with self.assertRaises(UserError):
            line.sudo().unlink()

    def test_a_form_changes_of_a_line_what_the_line_allows(self):
        review = self.open()
        line = self.line(review, "unowned")
        review.line_ids = [Command.update(line.id, {"because": "No"})]
        self.assertEqual(line.state, "accepted")
        for command in (
            Command.update(line.id, {"left_count": 0}),
            Command.create({"worklist": "unowned", "res_model": "crm.lead"}),
            Command.delete(line.id),
            Command.clear(),
        ):
            with self.subTest(command=command), self.assertRaises(AccessError):
                review.line_ids = [command]
