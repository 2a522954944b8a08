from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .import_common import ADA, ImportCase, person

#: What changes with every write: who wrote when, and what Odoo predicts.
CLOCKS = {"write_date", "write_uid", "probability", "automated_probability"}


@tagged("post_install", "-at_install")
class TestTakeBack(ImportCase):
    """An import is taken back, but for what somebody has worked on since."""

    def taken_back(self, desk, user=None):
        desk = desk.with_user(user or desk.env.user)
        desk.take_back()
        self.work(desk)
        return desk

    def checksum(self, model):
        """Return what all records say that are not archived, but for the clocks."""
        self.env.flush_all()
        table = self.env[model]
        gone = [name for name in table._fields if name in CLOCKS]
        active = SQL("WHERE active") if "active" in table._fields else SQL()
        return self.env.execute_query(
            SQL(
                "SELECT md5(string_agg(md5((to_jsonb(t) - %s)::text), '' ORDER BY id))"
                " FROM %s t %s",
                gone,
                SQL.identifier(table._table),
                active,
            )
        )

    def test_everything_is_as_before(self):
        lead = self.known_lead(phone="+33 4 72 00 11 11")
        models = ("crm.lead", "res.partner", "customer.sheet.proposal")
        before = [self.checksum(model) for model in models]
        kept = lead._sheet_answers()
        desk = self.imported(
            *(person(number) for number in range(3)),
            [*ADA, "+33 4 72 00 99 99", "An engine"],
            existing="overwrite",
        )
        self.assertEqual(self.figures(desk.desk()["report"]), {"created": 3, "completed": 1})
        self.assertNotEqual(self.checksum("crm.lead"), before[0])
        self.taken_back(desk)
        self.assertEqual(desk.state, "undone")
        self.assertEqual(self.figures(desk.desk()["report"]), {"undone": 4})
        self.assertEqual([self.checksum(model) for model in models], before)
        self.assertEqual(lead._sheet_answers(), kept)

    def queue(self):
        """Return the possible duplicates, but for their numbers and clocks."""
        pairs = self.env["customer.sheet.duplicate"]
        self.env["crm.lead"]._sheet_match_flush()
        while pairs._match_dirty():
            pass
        self.env.invalidate_all()
        found = pairs.search([("band", "!=", "not")])
        return {(p.node1, p.node2, p.kind, p.state, p.band, p.score) for p in found}

    def test_the_queue_of_duplicates_is_as_before(self):
        """What was decided stays, what an import has parted is found again."""
        phone = "+33 4 72 00 11 11"
        first = self.known_lead(phone=phone)
        for number in (1, 2):
            name = f"Engines {number}"
            self.known_lead(phone=phone, email_from=f"ada@other{number}.fr", partner_name=name)
        self.queue()
        pairs = self.env["customer.sheet.duplicate"].search([("node2", "=", -first.id)])
        pairs[0].with_user(self.steward).action_not_duplicate()
        before = self.queue()
        desk = self.imported(
            person(1, phone=phone), [*ADA, "+33 4 72 00 99 99", "An engine"], existing="overwrite"
        )
        self.assertNotEqual(self.queue(), before)
        self.taken_back(desk)
        self.assertEqual(self.queue(), before)

    def test_what_was_said_of_answers_is_said_again(self):
        lead = self.known_lead(sheet_need="TBD").with_user(self.rep)
        lead.sheet_set_unknown("phone", reason="They change it", reask_date="2999-01-15")
        lead.sheet_confirm_value("need")
        said = lead.sheet_answers()
        reminder = lead.activity_ids.filtered("summary").mapped("summary")
        desk = self.imported([*ADA, "+33 4 72 00 99 99", "An engine"], existing="overwrite")
        self.assertFalse(lead.sheet_answers())
        self.taken_back(desk)
        self.assertEqual((lead.phone, lead.sheet_need), (False, "TBD"))
        self.assertEqual(lead.sheet_answers(), said)
        self.assertEqual(lead.activity_ids.filtered("summary").mapped("summary"), reminder)

    def test_decisions_on_being_contacted_stay(self):
        """The ledger forgets nothing: whoever said no to us has said it."""
        columns = ("question:name", "question:email", "consent:prospecting:email")
        desk = self.imported(["Ada", "ada@example.fr", "no"], columns=columns)
        lead = desk.row_ids.lead_id
        self.taken_back(desk)
        self.assertFalse(lead.active)
        self.assertTrue(lead.sudo()._sheet_consent_subjects())

    def test_what_somebody_has_worked_on_stays(self):
        self.known_lead(phone="+33 4 72 00 11 11")
        desk = self.imported(
            *(person(number) for number in range(3)),
            [*ADA, "+33 4 72 00 99 99", "An engine"],
            existing="overwrite",
        )
        first, second, third, known = desk.row_ids.lead_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = create_date - interval '1 hour',"
            " write_date = write_date - interval '1 hour' WHERE id = ANY(%s)",
            [[first.id, second.id, third.id]],
        )
        self.env.invalidate_all()
        first.with_user(self.rep).city = "Lyon"
        said = "I have called them."
        second.with_user(self.rep).message_post(body=said)
        known.with_user(self.rep).phone = "+33 4 72 00 22 22"
        self.taken_back(desk)
        report = desk.desk()["report"]
        self.assertEqual(self.figures(report), {"undone": 1, "left": 3})
        self.assertEqual((first + second + third).mapped("active"), [True, True, False])
        self.assertEqual((known.phone, known.sheet_need), ("+33 4 72 00 22 22", False))
        self.assertEqual(report["left"][0]["words"][:8], "Somebody")
        self.assertEqual([each["line"] for each in report["left"]], [2, 3, 5])
        self.assertIn("Phone", report["left"][-1]["words"])

    def test_proposals_nobody_decided_are_taken_back(self):
        lead = self.known_lead()
        desk = self.imported([*ADA, None, "An engine"], existing="propose")
        self.assertTrue(lead.sheet_proposal_ids)
        self.taken_back(desk)
        self.assertFalse(self.env["customer.sheet.proposal"].search([("lead_id", "=", lead.id)]))

    def test_only_for_some_days(self):
        desk = self.imported(person(1))
        self.assertTrue(desk.desk()["report"]["can_undo"])
        desk.sudo().imported_on -= timedelta(days=31)
        self.assertFalse(desk.desk()["report"]["can_undo"])
        with self.assertRaises(UserError):
            desk.take_back()

    def test_with_the_rights_of_whoever_takes_back(self):
        """A lead that has gone to somebody else since is theirs."""
        desk = self.imported(person(1), person(2))
        lead = desk.row_ids.lead_id[0]
        lead.user_id = self.rival
        self.env.flush_all()
        self.taken_back(desk)
        self.assertTrue(lead.sudo().active)
        self.assertEqual(self.figures(desk.desk()["report"]), {"undone": 1, "left": 1})
