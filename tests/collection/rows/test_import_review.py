from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .import_common import ADA, COLUMNS, ImportCase, person


@tagged("post_install", "-at_install")
class TestReview(ImportCase):
    """What becomes of each row is known before anything is imported."""

    def test_each_row_is_accounted_for(self):
        self.known_lead()
        desk = self.checked(
            person(1),
            person(1, name="Person1 Family1"),
            [*ADA, "+33 4 72 00 99 99", None],
            [*ADA, None, None],
            ["", "", "", "", "A wish of nobody"],
        )
        review = desk.desk()["review"]
        self.assertEqual(
            self.figures(review),
            {"create": 1, "joined": 1, "complete": 1, "skip": 1, "cannot": 1},
        )
        self.assertEqual(sum(self.figures(review).values()), len(desk.row_ids))
        [problem] = review["problems"]
        self.assertEqual(problem["count"], 1)
        rows = self.env["customer.sheet.import.row"].search(
            desk.open_rows("", problem["code"])["domain"]
        )
        self.assertEqual(rows.mapped("line"), [6])
        self.assertIn("Nothing says who this is", rows.problem_text)

    def test_nothing_is_written_by_a_review(self):
        leads = self.env["crm.lead"].search_count([])
        self.checked(person(1), person(2))
        self.assertEqual(self.env["crm.lead"].search_count([]), leads)

    def test_people_of_one_company_stay_apart(self):
        desk = self.checked(
            person(1, company="Atlas Meca", email="ada@atlas-meca.fr"),
            person(2, company="Atlas Meca", email="salma@atlas-meca.fr"),
        )
        self.assertEqual(self.figures(desk.desk()["review"]), {"create": 2})

    def test_a_customer_of_somebody_else_is_not_told(self):
        """Who cannot see a lead learns nothing of it, neither now nor when it is run."""
        unknown = self.checked([*ADA, "+33 4 72 00 99 99", None], person(2)).desk()["review"]
        lead = self.known_lead(self.rival)
        desk = self.checked([*ADA, "+33 4 72 00 99 99", None], person(2))
        self.assertEqual(desk.desk()["review"], unknown)
        self.assertFalse(desk.row_ids.lead_id)
        self.assertEqual(lead.phone, False)

    def test_what_is_not_mine_to_create_is_refused(self):
        columns = (*COLUMNS, "field:user_id")
        rows = ([*person(1), self.rival.name], [*person(2), self.rep.name], person(3))
        desk = self.checked(*rows, columns=columns, owner="file")
        self.assertEqual(self.figures(desk.desk()["review"]), {"create": 2, "cannot": 1})
        self.assertIn(self.rival.name, desk.row_ids[0].problem_text)
        desk = self.checked(*rows, columns=columns, owner="file", user=self.steward)
        self.assertEqual(self.figures(desk.desk()["review"]), {"create": 3})

    def test_contacts_only_by_who_may_create_them(self):
        self.only_own_contacts("perm_create")
        options = {"columns": (*COLUMNS[:4], "field:user_id"), "host": "res.partner"}
        rows = ([*person(1)[:4], self.rival.name], [*person(2)[:4], self.steward.name])
        desk = self.checked(*rows, user=self.steward, owner="file", **options)
        self.assertEqual(self.figures(desk.desk()["review"]), {"create": 1, "cannot": 1})

    def test_choices_are_those_of_the_person(self):
        def choices(user):
            policy = self.desk(person(1), user=user).desk()["review"]["policy"]
            return {part["code"]: [code for code, _label in part["choices"]] for part in policy}

        self.assertEqual(choices(self.rep)["owner"], ["me", "file"])
        self.assertIn(str(self.rep.id), choices(self.steward)["owner"])
        self.assertIn("routing", choices(self.steward)["owner"])
        with self.assertRaises(UserError):
            self.desk(person(1)).set_policy({"owner": str(self.rival.id)})

    def test_another_choice_asks_for_another_review(self):
        desk = self.checked(person(1))
        desk.set_policy({"existing": "propose"})
        self.assertEqual(desk.state, "read")
        self.assertFalse(desk.row_ids.filtered("verdict"))
        with self.assertRaises(UserError):
            desk.run()

    def test_imports_of_others_are_closed(self):
        desk = self.checked(person(1))
        with self.assertRaises(AccessError):
            desk.with_user(self.rival).run()

    def test_a_review_asks_the_database_in_sets(self):
        """However many rows, so many queries."""

        def queries(count):
            desk = self.desk(*(person(number) for number in range(count)))
            desk.check()
            self.env.flush_all()
            desk.sudo()._advance()  # what is asked only once
            self.env.invalidate_all()
            desk.sudo().row_ids.write({"verdict": False})
            before = self.env.cr.sql_log_count
            desk.sudo()._advance()
            return self.env.cr.sql_log_count - before

        few = queries(10)
        self.assertLessEqual(queries(40), few)

    def test_a_job_that_is_stopped_goes_on_where_it_was(self):
        desk = self.desk(*(person(number) for number in range(3)))
        desk.check()
        with patch("odoo.addons.crm_customer_sheet.models.collection.rows.desk.BATCH", 2):
            desk.sudo()._advance()
            desk.sudo()._stop()
            self.assertEqual(desk.row_ids.mapped("verdict"), ["create", "create", False])
            desk.sudo().state = "running"
            self.work(desk)
        self.assertEqual(self.figures(desk.desk()["review"]), {"create": 3})
