from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ....benchmarks.unchanged import Before
from ...upkeep import finish_many
from .import_common import ADA, COLUMNS, ImportCase, person


def contact(number):
    """Return what a lead of a person says of them."""
    name, company, email, *_more = person(number)
    return {"contact_name": name, "partner_name": company, "email_from": email}


@tagged("post_install", "-at_install")
class TestTakeBack(ImportCase):
    """An import is taken back, but for what somebody has worked on since."""

    def taken_back(self, desk, user=None):
        desk = desk.with_user(user or desk.env.user)
        desk.take_back()
        self.work(desk)
        return desk

    def at_rest(self):
        """Let the jobs do what is left."""
        finish_many(self)
        self.queue()

    def test_everything_is_as_before(self):
        """Every table, but for what only grows and for the archived leads themselves."""
        phone = "+33 4 72 00 11 11"
        known = self.known_lead(phone=phone, city="Lyon")
        self.known_lead(phone=phone, email_from="ada@other.fr", partner_name="Engines")
        agreed = self.known_lead(**contact(2))
        decision = {"purpose": "loyalty", "channel": "email", "state": "given"}
        agreed._sheet_consent_record([decision], method="web_form")
        self.at_rest()
        before = Before(self.env)
        desk = self.imported(
            [*person(1, phone=phone), "yes", "2026-03-01", "Fair"],
            [*person(2, need="A gear"), "yes", "2026-03-01", "Fair"],
            [*person(1, phone="+33 4 72 00 55 55"), None, None, None],
            [*ADA, "+33 4 72 00 99 99", "An engine", "yes", "2026-03-01", "Fair"],
            columns=(*COLUMNS, "consent:newsletter:email", "consent_date", "consent_source"),
            existing="overwrite",
        )
        found = {"created": 1, "joined": 1, "completed": 2}
        self.assertEqual(self.figures(desk.desk()["report"]), found)
        self.at_rest()
        self.assertIn("customer_sheet_duplicate", before.differences())
        self.taken_back(desk)
        self.assertEqual(desk.state, "undone")
        self.assertEqual(self.figures(desk.desk()["report"]), {"undone": 4})
        self.at_rest()
        self.assertEqual(before.differences(), {})
        made = desk.row_ids.lead_id - known - agreed
        self.assertEqual((made.active, made.won_status), (False, "pending"))

    def test_contacts_and_their_companies_are_as_before(self):
        contacts = self.env["res.partner"].with_user(self.steward)
        company = contacts.create({"name": "Atlas", "is_company": True})
        contacts.create({"name": "Ada Lovelace", "email": ADA[2], "parent_id": company.id})
        contacts.create({"name": "Verdon", "is_company": True})
        self.at_rest()
        before = Before(self.env)
        street = "12 rue des Forges"
        desk = self.imported(
            ["Paul Roux", "Verdon", "paul@verdon.fr", street],
            ["Luc Roux", "Verdon", "luc@verdon.fr", street],
            ["Ines Le Goff", "Nobody Knows Ltd", "ines@nobody-knows.fr", street],
            ["Ada Lovelace", "Atlas", ADA[2], street],
            columns=("question:name", "field:parent", "question:email", "question:street"),
            user=self.steward,
            host="res.partner",
        )
        self.assertEqual(self.figures(desk.desk()["report"]), {"created": 3, "completed": 1})
        self.taken_back(desk)
        self.assertEqual(self.figures(desk.desk()["report"]), {"undone": 4})
        self.at_rest()
        self.assertEqual(before.differences(), {})

    def test_the_file_can_be_imported_again(self):
        """A yes that was taken back counts when the file says it anew."""
        lead = self.known_lead()
        columns = ("question:name", "question:company", "question:email")
        columns += ("consent:newsletter:email", "consent_date", "consent_source")
        rows = [[*ADA, "yes", "2026-03-01", "Fair"], [*person(1)[:3], "no", None, None]]
        for _time in range(2):
            desk = self.imported(*rows, columns=columns)
            made = desk.row_ids.lead_id - lead
            self.assertTrue(lead.can_contact("newsletter", "email")["allowed"])
            self.assertFalse(made.can_contact("newsletter", "email")["allowed"])
            self.taken_back(desk)
            self.assertFalse(lead.can_contact("newsletter", "email")["allowed"])
        words = [event["words"] for event in lead.sheet_consent_history()]
        self.assertEqual(words, ["Noted by mistake", "Noted by mistake", "Given", "Given"])

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
