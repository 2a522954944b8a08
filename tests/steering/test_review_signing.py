import json

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ...models.consent.chain import link
from .review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewSigning(ReviewCase):
    """S7: what is signed is complete, has a name and a time, and stays as it is."""

    def signed(self, kind="month"):
        review = self.open(kind)
        self.accept_all(review)
        review.action_sign("The shop asks for the e-mail from June on")
        return review

    def test_nothing_is_signed_while_a_line_is_open(self):
        review = self.open()
        with self.assertRaisesRegex(UserError, "still open"):
            review.action_sign()
        self.accept_all(review)
        review.action_sign()
        self.assertEqual((review.state, review.done_by_id), ("done", self.steward))
        self.assertFalse(review.activity_ids)

    def test_signing_looks_again_first(self):
        review = self.open()
        self.nobodys.user_id = self.rep
        lines = review.line_ids.filtered(lambda line: line.worklist != "unowned")
        lines.because = "As it is"
        review.action_sign()
        self.assertEqual(self.line(review, "unowned").state, "fixed")

    def test_the_dialog_signs(self):
        review = self.open()
        self.accept_all(review)
        dialogs = self.env["customer.sheet.review.sign"].with_user(self.steward)
        dialog = dialogs.with_context(active_id=review.id).create({"conclusion": "Well done"})
        dialog.action_sign()
        self.assertEqual((review.state, review.conclusion), ("done", "Well done"))

    def test_what_is_frozen_has_figures_decisions_and_no_names(self):
        self.ours.contact_name = "Zyxquill"
        review = self.signed()
        part = review.frozen
        self.assertEqual(set(part["before"]), set(part["after"]))
        self.assertEqual(part["signed"]["by"], self.steward.id)
        self.assertEqual(len(part["lines"]), len(review.line_ids))
        self.assertNotIn("Zyxquill", json.dumps(part))
        self.assertIn("Duplicates among the new sheets", review.summary)

    def test_its_seal_is_the_hash_of_what_is_frozen(self):
        review = self.signed()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(review.hash, link("", review.frozen))
        self.assertTrue(review.is_intact)
        self.env.cr.execute(
            "UPDATE customer_sheet_review SET frozen = jsonb_set(frozen, '{signed,by}', '1')"
            " WHERE id = %s",
            [review.id],
        )
        self.env.invalidate_all()
        self.assertFalse(review.is_intact)

    def test_it_is_not_intact_once_something_shown_was_changed_behind_it(self):
        review = self.signed()
        self.env.flush_all()
        table, lines = "customer_sheet_review", "customer_sheet_review_line"
        own = SQL("WHERE id = %s", review.id)
        of_lines = SQL("WHERE review_id = %s", review.id)
        for place, column, value, where in (
            (table, "done_by_id", self.rep.id, own),
            (table, "done_on", "2020-01-01", own),
            (table, "conclusion", "Otherwise", own),
            (table, "state", "open", own),
            (table, "month", "2011-01-01", own),
            (table, "duplicate_count", 99, own),
            (table, "second_by_id", self.officer.id, own),
            (lines, "because", "Otherwise", of_lines),
            (lines, "left_count", 7, of_lines),
            (lines, "decided_by_id", self.officer.id, of_lines),
            (lines, "review_id", self.open("quarter").id, of_lines),
        ):
            with self.subTest(column=column):
                changed = self.env.cr.savepoint(flush=False)
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET %s = %s %s",
                        SQL.identifier(place),
                        SQL.identifier(column),
                        value,
                        where,
                    )
                )
                self.env.invalidate_all(flush=False)
                self.assertFalse(review.is_intact)
                changed.close(rollback=True)
                self.env.invalidate_all(flush=False)
        self.assertTrue(review.is_intact)

    def test_a_signed_review_gets_no_line(self):
        review = self.signed()
        with self.assertRaises(UserError):
            review.sudo().line_ids[:1].copy()

    def test_whose_turn_it_is_is_told_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        (self.steward | self.officer).lang = "fr_FR"
        review = self.open("quarter")
        self.assertFalse(review.activity_ids.summary.startswith("Look"))
        with freeze_time(review.due_on):
            review.sudo()._remind()
        about = [("model", "=", review._name), ("res_id", "=", review.id)]
        told = self.env["mail.message"].search(about, order="id desc", limit=1)
        self.assertEqual(told.subject, review.with_context(lang="fr_FR").name)
        self.assertNotIn(str(review.due_on), told.body)
        self.accept_all(review)
        review.action_sign()
        summaries = review.activity_ids.mapped("summary")
        self.assertFalse([said for said in summaries if said.startswith(("Look", "To be"))])

    def test_a_signed_review_is_written_by_nobody(self):
        review = self.signed()
        admin = self.env.ref("base.user_admin")
        for env in (review.with_user(admin), review.sudo()):
            for values in (
                {"conclusion": "Otherwise"},
                {"state": "open"},
                {"user_id": admin.id},
                {"hash": "x", "frozen": {}},
                {"line_ids": [Command.clear()]},
            ):
                with self.subTest(values=values), self.assertRaises(UserError):
                    env.write(values)
        for line in (review.line_ids[:1], review.line_ids[:1].sudo()):
            with self.assertRaises(UserError):
                line.because = "Otherwise"
        for what in (review, review.line_ids):
            with self.assertRaises(UserError):
                what.sudo().unlink()
        with self.assertRaises(UserError):
            review.action_sign()
        with self.assertRaises(UserError):
            review.action_look_again()

    def test_people_may_still_write_below_it(self):
        review = self.signed()
        words = "Seen in the meeting"
        review.message_post(body=words)
        self.assertIn(words, review.message_ids[0].body)

    def test_a_quarter_is_signed_a_second_time_by_somebody_else(self):
        review = self.signed("quarter")
        self.assertEqual(review.state, "signed")
        self.assertTrue(review.activity_ids.user_id)
        self.assertNotEqual(review.activity_ids[:1].user_id, self.steward)
        colleague = new_test_user(
            self.env, "steward_two", groups="crm_customer_sheet.group_sheet_steward"
        )
        for user, words in ((self.steward, "already"), (colleague, "privacy officer or a manager")):
            with self.assertRaisesRegex(UserError, words):
                review.with_user(user).action_sign_second()
        self.assertTrue(review.with_user(self.officer).action_sign_second())
        self.assertEqual((review.state, review.second_by_id), ("done", self.officer))
        self.assertTrue(review.is_intact)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_sheet_review SET done_by_id = NULL, second_by_id = NULL WHERE id = %s",
            [review.id],
        )
        self.env.invalidate_all()
        self.assertTrue(review.is_intact, "users may be deleted")
        self.assertEqual(review.second_frozen["name"], self.officer.name)
        with self.assertRaises(UserError):
            review.with_user(self.manager).action_sign_second()

    def test_whoever_signed_first_is_no_second_even_as_manager(self):
        self.steward.group_ids += self.env.ref("crm_customer_sheet.group_sheet_manager")
        review = self.signed("quarter")
        with self.assertRaisesRegex(UserError, "already"):
            review.action_sign_second()

    def test_between_two_signatures_nothing_changes(self):
        review = self.signed("quarter")
        for values in ({"conclusion": "Otherwise"}, {"seed": "00"}, {"state": "open", "hash": ""}):
            with self.assertRaises(UserError):
                review.sudo().write(values)

    def test_reminders_come_at_half_time_on_the_day_and_later(self):
        with freeze_time("2031-02-01"):
            review = self.open().sudo()
        told = []
        for day in range(2, 15):
            with freeze_time(f"2031-02-{day:02}"):
                before = self.env["mail.message"].search_count([("model", "=", review._name)])
                review._remind()
                after = self.env["mail.message"].search_count([("model", "=", review._name)])
                told += [day] if after > before else []
        self.assertEqual(told, [5, 8, 11])

    def test_it_is_printed(self):
        for kind in ("month", "quarter"):
            review = self.signed(kind)
            action = review.action_print()
            report = self.env["ir.actions.report"].with_user(self.officer)
            html, _kind = report._render_qweb_html(action["report_name"], review.ids)
            self.assertIn(review.hash, html.decode())
            self.assertIn(review.line_ids[:1].reason_text, html.decode())
