"""What a question is worth: honest by construction, and said in words."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, TransactionCase, tagged

from ...models.steering.worth.verdict import verdict
from ...tools.proportion import newcombe, wilson
from ..people import people

KNOWN = "sheet_known_at_qualified"

counts = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(sorted)


class TestProportion(BaseCase):
    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(counts)
    def test_a_share_lies_in_its_interval(self, case):
        share = wilson(*case)
        self.assertTrue(0 <= share.low <= share.value <= share.high <= 1)
        if case[1]:
            self.assertEqual(share.value, case[0] / case[1])
            more = wilson(case[0] * 4, case[1] * 4)
            self.assertLess(more.high - more.low, share.high - share.low)

    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(counts, counts)
    def test_a_difference_lies_in_its_interval_and_turns_round(self, one, other):
        difference, turned = newcombe(*one, *other), newcombe(*other, *one)
        self.assertTrue(-1 <= difference.low <= difference.value <= difference.high <= 1)
        for name, opposite in (("value", "value"), ("low", "high"), ("high", "low")):
            self.assertAlmostEqual(getattr(difference, name), -getattr(turned, opposite))


class TestVerdict(BaseCase):
    """S10, on worlds of which the truth is known."""

    def worlds(self, count, with_answer, without):
        rng = random.Random(20)
        for _world in range(count):
            sizes = rng.randint(60, 200), rng.randint(60, 200)
            won = (
                sum(rng.random() < share for _lead in range(size))
                for share, size in zip((with_answer, without), sizes, strict=True)
            )
            known_won, missing_won = won
            yield known_won, sizes[0], missing_won, sizes[1]

    def test_the_interval_covers_a_true_difference(self):
        intervals = [newcombe(*world) for world in self.worlds(400, 0.5, 0.3)]
        covered = sum(each.low <= 0.2 <= each.high for each in intervals)
        self.assertGreaterEqual(covered, 0.93 * 400)

    def test_worlds_without_a_difference_are_rarely_flagged(self):
        verdicts = [verdict(*world, True) for world in self.worlds(400, 0.35, 0.35)]
        flagged = sum(each in ("helps", "against") for each in verdicts)
        self.assertLessEqual(flagged, 0.05 * 400)


@tagged("post_install", "-at_install")
class TestWorth(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.rep, cls.boss = people(cls.env, "rep", "manager")
        cls.figures = cls.env["customer.sheet.question.figure"]
        cls.env["customer.sheet.gate"].search([]).mode = "off"
        stages = cls.env["crm.stage"].search([("is_won", "=", False)])
        qualified = cls.env["customer.sheet.gate"]._qualified_stage_ids()
        cls.qualified = stages.filtered(lambda stage: stage.id in qualified)[0]
        cls.new = (stages - cls.qualified)[0]
        cls.won = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    def lead(self, **values):
        basis = {"name": "Worth", "type": "opportunity", "stage_id": self.new.id}
        return self.env["crm.lead"].create({**basis, "user_id": self.rep.id, **values})

    def qualify(self, leads):
        for lead in leads.with_user(self.rep):
            lead.stage_id = self.qualified
        self.env.flush_all()
        return leads

    # -- what was known at that moment ---------------------------------------------

    def test_it_is_what_was_known_when_the_lead_was_qualified(self):
        lead = self.lead(sheet_need="A new boiler")
        self.assertFalse(lead[KNOWN])
        lead.with_user(self.rep).write({"stage_id": self.qualified.id, "sheet_budget_max": 5000})
        known = lead[KNOWN]
        self.assertIs(known["need"], True)
        self.assertIs(known["budget"], True)
        self.assertIs(known["deadline"], False)
        lead.write({"sheet_deadline": fields.Date.add(fields.Date.today(), days=30)})
        lead.stage_id = self.won
        lead.stage_id = self.new
        lead.stage_id = self.qualified
        self.assertEqual(lead[KNOWN], known)

    def test_a_question_that_does_not_concern_the_lead_is_not_in_it(self):
        lead = self.qualify(self.lead(sheet_sector="saas"))
        concerned = set(lead[KNOWN])
        asked = {q.code for q in lead._sheet_plan().questions if q.concerns(lead._sheet_audience())}
        self.assertEqual(concerned, asked)
        others = {q.code for q in lead._sheet_plan().questions} - asked
        self.assertTrue(others)

    def test_one_that_is_won_at_once_says_nothing(self):
        lead = self.lead(sheet_need="A new boiler")
        lead.with_user(self.rep).stage_id = self.won
        self.env.flush_all()
        self.assertTrue(lead.sheet_qualified_at)
        self.assertFalse(lead[KNOWN])

    def test_one_that_is_created_there_says_nothing(self):
        lead = self.lead(sheet_need="A new boiler", stage_id=self.qualified.id)
        self.assertTrue(lead.sheet_qualified_at)
        self.assertFalse(lead[KNOWN])

    def test_nobody_types_it(self):
        lead = self.qualify(self.lead())
        known = lead[KNOWN]
        lead.with_user(self.rep).write({KNOWN: {"need": True}, "name": "Typed"})
        forged = self.lead(**{KNOWN: {"need": True}})
        self.assertEqual((lead.name, lead[KNOWN]), ("Typed", known))
        self.assertFalse(forged[KNOWN])
        self.assertFalse(lead.copy()[KNOWN])

    def test_a_merge_keeps_that_of_the_lead_that_was_qualified_first(self):
        first, later = (self.lead(name=name) for name in ("First", "Later"))
        self.qualify(first | later)
        first._sheet_stamp({"sheet_qualified_at": "2026-01-01 10:00:00", KNOWN: {"need": True}})
        later._sheet_stamp({"sheet_qualified_at": "2026-02-01 10:00:00", KNOWN: {"need": False}})
        kept = (later | first).merge_opportunity()
        self.assertEqual(kept[KNOWN], {"need": True})
        self.assertEqual(str(kept.sheet_qualified_at), "2026-01-01 10:00:00")

    # -- figures ---------------------------------------------------------------------

    def world(self, known_won, known, missing_won, missing):
        """Make closed leads, with the answer to "need" when they were qualified or without."""
        stamp = fields.Datetime.subtract(fields.Datetime.now(), days=90)
        for answered, won, whole in ((True, known_won, known), (False, missing_won, missing)):
            leads = self.env["crm.lead"].create([{"name": "Closed"} for _number in range(whole)])
            leads._sheet_finish()
            leads._sheet_stamp({"sheet_qualified_at": stamp, KNOWN: {"need": answered}})
            leads[:won].stage_id = self.won
            leads[won:].active = False
            leads[won:].probability = 0
        self.env.flush_all()

    def figure(self, code="need"):
        self.figures._cron_figure()
        question = self.env["customer.sheet.question"].search([("code", "=", code)])
        return self.figures.search([("question_id", "=", question.id), ("is_latest", "=", True)])

    def test_a_difference_is_told_with_its_interval(self):
        self.world(30, 40, 10, 40)
        figure = self.figure()
        self.assertEqual(figure.verdict, "helps")
        self.assertEqual(figure.won_with, "30 of 40")
        self.assertEqual(figure.won_without, "10 of 40")
        self.assertEqual(figure.difference, "+50 (+29 to +65)")

    def test_late_filling_alone_is_not_flagged(self):
        """S10: the answer is typed once a deal is won, whoever wins it."""
        leads = self.env["crm.lead"]
        for number in range(70):
            leads |= self.lead(name=f"Late {number}")
        self.qualify(leads)
        later = fields.Datetime.add(fields.Datetime.now(), days=30)
        leads[:35].write({"stage_id": self.won.id, "sheet_need": "typed after the win"})
        leads[35:].action_set_lost()
        self.env.flush_all()
        leads.date_closed = later
        figure = self.figure()
        self.assertEqual((figure.known_count, figure.missing_count), (0, 70))
        self.assertNotIn(figure.verdict, ("helps", "against"))

    def test_sheets_are_counted_as_the_catalogue_judges_them(self):
        lead = self.lead(sheet_need="A new boiler")
        lead.sheet_set_unknown("deadline")
        self.env.flush_all()
        figure, unknown = self.figure(), self.figure("deadline")
        asked = answered = 0
        leads = self.env["crm.lead"].search([])
        for states in leads._sheet_plan().states(leads, optional=True).values():
            asked += "need" in states
            answered += states.get("need") == "filled"
        self.assertEqual((figure.asked_count, figure.answered_count), (asked, answered))
        self.assertGreaterEqual(unknown.unknown_count, 1)

    def test_readers_are_named(self):
        self.env["customer.sheet.segment"].create(
            {"name": "Big ones", "domain": "[('sheet_headcount_id', '!=', False)]"}
        )
        readers = self.env["customer.sheet.question"]._readers()
        by_code = {question.code: words for question, words in readers.items()}
        self.assertIn("the completeness of leads", by_code["need"])
        self.assertIn("the score", by_code["need"])
        self.assertIn("the segment “Big ones”", by_code["headcount"])
        self.assertIn("Odoo itself", by_code["email"])
        for code in ("first_name", "last_name", "birthdate", "civility"):
            self.assertIn("the search for duplicates", by_code[code])
        self.assertIn("the figures", by_code["segment"])

    def test_few_sheets_do_not_say_that_nothing_uses_an_answer(self):
        for counts, readers, said in (
            ({}, (), "too_few"),
            ({"asked_count": 29}, (), "too_few"),
            ({"asked_count": 30}, (), "unread"),
            ({"asked_count": 30, "answered_count": 6}, (), "unread"),
            ({"asked_count": 30, "answered_count": 7}, (), "too_few"),
            ({"asked_count": 30}, ("the score",), "too_few"),
        ):
            self.assertEqual(self.figures._verdict(counts, readers), said, counts)

    def test_a_day_that_there_is_not_stops_nothing(self):
        partner = self.env["res.partner"].create({"name": "Ada"})
        for day in ("2026-02-31", "2026-13-01", "0000-00-00"):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE res_partner SET sheet_answer_dates = %s WHERE id = %s",
                [f'{{"need": "{day}"}}', partner.id],
            )
            self.figures.search([]).unlink()
            self.assertFalse(self.figure().age_days)

    def test_what_nobody_reads_is_proposed_to_be_archived_in_the_draft(self):
        field = self.env["ir.model.fields"]._get("crm.lead", "sheet_headcount_id")
        question = self.env["customer.sheet.question"].create(
            {"code": "unread", "name": "Unread", "lead_field_ids": [(6, 0, field.ids)]}
        )
        self.env["customer.sheet.catalogue.version"]._publish()
        sheets = [{"name": "Asked", "partner_name": f"Firm {number}"} for number in range(30)]
        self.env["crm.lead"].create(sheets)._sheet_finish()
        figure = self.figure("unread")
        self.assertEqual(figure.verdict, "unread")
        published = self.env["customer.sheet.catalogue.version"]._current().snapshot
        with self.assertRaises(AccessError):
            figure.with_user(self.rep).action_propose_archive()
        action = figure.with_user(self.boss).action_propose_archive()
        self.assertEqual(action["res_model"], "customer.sheet.catalogue.publish")
        self.assertFalse(question.active)
        self.assertEqual(
            self.env["customer.sheet.catalogue.version"]._current().snapshot, published
        )

    def test_a_week_is_counted_once_and_the_past_stays(self):
        question = self.env["customer.sheet.question"].search([], limit=1)
        old = self.figures.create(
            [
                {"question_id": question.id, "day": day, "is_latest": True}
                for day in (fields.Date.subtract(fields.Date.today(), days=7), "2020-01-01")
            ]
        )
        for _time in range(2):
            self.figures._cron_figure()
        found = self.figures.search([("question_id", "=", question.id)])
        self.assertEqual(found[1:], old[0])
        self.assertEqual(found.mapped("is_latest"), [True, False])
