import base64
import io
from datetime import timedelta
from unittest.mock import patch

import openpyxl
import psycopg2.errors

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .import_common import ADA, COLUMNS, ImportCase, person

CONSENT = ("consent:prospecting:email", "consent_date", "consent_source")
NOBODY = ["", "", "", None, "A wish of nobody"]


@tagged("post_install", "-at_install")
class TestNothingIsLost(ImportCase):
    """What a file says arrives, whoever is known already and however often it says it."""

    def events(self, sheet):
        events = self.env["customer.sheet.consent.event"].sudo()
        people = sheet._sheet_consent_subjects()
        return events.search([("subject_id", "in", people.ids), ("state", "!=", "linked")])

    def test_a_decision_counts_though_nothing_else_is_new(self):
        lead = self.known_lead()
        columns = (*COLUMNS, *CONSENT)
        desk = self.imported([*ADA, None, None, "no", None, None], columns=columns)
        self.assertEqual(self.events(lead).state, "refused")
        self.assertNotIn("skipped", self.figures(desk.desk()["report"]))
        again = self.imported([*ADA, None, None, "no", None, None], columns=columns)
        self.assertEqual(self.figures(again.desk()["report"]), {"skipped": 1})

    def test_a_no_counts_whatever_its_date(self):
        desk = self.imported([*person(1), "no", "2999-01-01", "Fair"], columns=(*COLUMNS, *CONSENT))
        self.assertEqual(self.events(desk.row_ids.lead_id).state, "refused")

    def test_two_channels_of_one_row_both_count(self):
        columns = (*COLUMNS, *CONSENT, "consent:prospecting:phone")
        desk = self.imported([*person(1), "no", None, None, "no"], columns=columns)
        events = self.events(desk.row_ids.lead_id)
        self.assertEqual(set(events.mapped("channel")), {"email", "phone"})

    def test_a_note_about_a_known_customer_is_kept(self):
        lead = self.known_lead(description="<p>Met in May.</p>")
        row = [*ADA, None, None, "Call after six"]
        desk = self.imported(row, columns=(*COLUMNS, "note"))
        self.assertIn("Call after six", html2plaintext(lead.description))
        self.assertIn("Met in May", html2plaintext(lead.description))
        again = self.imported(row, columns=(*COLUMNS, "note"))
        self.assertEqual(self.figures(again.desk()["report"]), {"skipped": 1})
        desk.take_back()
        self.work(desk)
        self.assertEqual(html2plaintext(lead.description), "Met in May.")

    def test_joined_rows_keep_their_notes(self):
        columns = (*COLUMNS, "note", "field:street2")
        desk = self.imported(
            [*person(1), "First note", None],
            [*person(1), "Second note", "Hall A"],
            [*person(1), None, "Hall B"],
            columns=columns,
        )
        lead = desk.row_ids.lead_id
        self.assertEqual(len(lead), 1)
        self.assertEqual(lead.street2, "Hall A")
        for told in ("First note", "Second note", "Hall B"):
            self.assertIn(told, lead.description)

    def test_two_rows_about_a_known_customer_fill_what_is_empty_once(self):
        lead = self.known_lead()
        self.imported(
            [*ADA, "+33 4 72 00 99 99", None],
            [*ADA, "+33 4 72 00 88 88", "An engine"],
        )
        self.assertEqual((lead.phone, lead.sheet_need), ("+33 4 72 00 99 99", "An engine"))

    def test_the_same_file_twice_at_once(self):
        """Also where nothing of the first time has been matched in the background yet."""
        rows = [person(number) for number in range(25)]
        self.imported(*rows)
        desk = self.imported(*rows)
        self.assertEqual(self.figures(desk.desk()["report"]), {"skipped": 25})

    def test_a_file_that_was_reviewed_twice_before_it_ran(self):
        rows = [person(number) for number in range(25)]
        first, second = self.checked(*rows), self.checked(*rows)
        for desk in (first, second):
            desk.run()
            self.work(desk)
        self.assertEqual(len((first + second).row_ids.lead_id), 25)

    def test_a_lead_of_somebody_known_as_contact_only(self):
        contact = self.env["res.partner"].create(
            {"name": ADA[0], "company_name": ADA[1], "email": ADA[2], "phone": "+33472009999"}
        )
        contact._sheet_match_flush()
        desk = self.imported([*ADA, "+33 4 72 00 99 99", "An engine"])
        self.assertIn("An engine", html2plaintext(contact.comment))
        self.assertEqual(self.figures(desk.desk()["report"]), {"completed": 1})

    def test_a_correction_that_was_taken_back_can_come_again(self):
        columns = (*COLUMNS, "key")
        desk = self.imported([*NOBODY, None], columns=columns)
        [row] = desk.row_ids
        corrected = [*person(1), row._key()]
        for _time in range(2):
            again = self.imported(corrected, columns=columns)
            self.assertEqual(self.figures(again.desk()["report"]), {"created": 1})
            self.assertEqual(row.outcome, "mended")
            again.take_back()
            self.work(again)
            self.assertEqual(row.outcome, "failed")

    def test_an_import_that_ran_late_can_be_taken_back_as_long(self):
        desk = self.imported(person(1))
        self.env.cr.execute(
            "UPDATE customer_sheet_import SET create_date = create_date - interval '40 days'"
            " WHERE id = %s",
            [desk.id],
        )
        self.env.invalidate_all()
        self.imports.sudo()._cron_forget()
        self.assertTrue(desk.desk()["report"]["can_undo"])
        self.assertTrue(desk.row_ids)

    def test_a_deadlock_is_no_failure(self):
        desk = self.checked(person(1))
        desk.run()
        refused = psycopg2.errors.DeadlockDetected
        with (
            patch.object(type(desk), "_advance_run", side_effect=refused),
            self.assertRaises(refused),
        ):
            self.imports.sudo()._step()
        self.assertEqual(desk.state, "running")


@tagged("post_install", "-at_install")
class TestNothingIsTold(ImportCase):
    """Nobody learns by an import of what they may not read."""

    def test_not_by_what_is_kept_of_rows(self):
        self.known_lead(self.rival)
        desk = self.imported([*ADA, None, "An engine"])
        rows = self.env["customer.sheet.import.row"].with_user(self.rep)
        for name in ("former", "match"):
            with self.assertRaises(AccessError):
                rows.search_read([("import_id", "=", desk.id)], [name])

    def test_not_by_a_review_of_a_steward(self):
        lead = self.known_lead(self.rival)
        desk = self.desk([*ADA, None, "An engine"])
        desk.with_user(self.steward).check()
        self.work(desk)
        self.assertEqual(desk.sudo().row_ids.lead_id, lead)
        rows = self.env["customer.sheet.import.row"].with_user(self.rep)
        self.assertFalse(rows.search([("import_id", "=", desk.id)]))


@tagged("post_install", "-at_install")
class TestUndoOfOthers(ImportCase):
    def taken_back(self, desk):
        desk.take_back()
        self.work(desk)
        return self.figures(desk.desk()["report"])

    def test_people_put_under_a_contact_since(self):
        columns = (*COLUMNS[:1], COLUMNS[2])
        desk = self.imported(
            ["Ada Lovelace", "ada@engines.fr"],
            ["Salma Bennani", "salma@motors.fr"],
            columns=columns,
            host="res.partner",
            user=self.steward,
        )
        ada, salma = desk.row_ids.partner_id
        self.env["res.partner"].create({"name": "Delivery", "parent_id": ada.id})
        self.assertEqual(self.taken_back(desk), {"undone": 1, "left": 1})
        self.assertEqual((ada + salma).mapped("active"), [True, False])

    def test_a_company_and_its_people_go_together(self):
        desk = self.imported(
            [None, "Engines", "contact@engines.fr", None],
            ["Ada Lovelace", None, "ada@engines.fr", "Engines"],
            columns=(*COLUMNS[:3], "field:parent"),
            host="res.partner",
            user=self.steward,
        )
        self.assertEqual(self.taken_back(desk), {"undone": 2})
        self.assertEqual(desk.row_ids.partner_id.mapped("active"), [False, False])

    def test_a_meeting_that_was_made_since(self):
        desk = self.imported(person(1), person(2))
        lead = desk.row_ids.lead_id[0]
        now = fields.Datetime.now()
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "opportunity_id": lead.id,
                "start": now,
                "stop": now + timedelta(hours=1),
            }
        )
        self.assertEqual(self.taken_back(desk), {"undone": 1, "left": 1})

    def test_proposals_to_others_go_with_what_was_created(self):
        lead = self.known_lead(self.rival)
        desk = self.imported([*ADA, None, "An engine"], person(1), person(1, need="Another engine"))
        self.assertEqual(len((lead + desk.row_ids.lead_id).sudo().sheet_proposal_ids), 2)
        self.taken_back(desk)
        self.assertFalse((lead + desk.row_ids.lead_id).sudo().sheet_proposal_ids)

    def test_a_merged_lead_stays(self):
        desk = self.imported(person(1), person(2), person(3))
        first, second, third = desk.row_ids.lead_id
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = create_date - interval '1 hour'")
        self.env.invalidate_all()
        (first + second).with_user(self.rep).merge_opportunity()
        third.with_user(self.rep).action_set_lost()
        self.env.flush_all()
        report = self.taken_back(desk)
        self.assertEqual(report, {"left": 3})


@tagged("post_install", "-at_install")
class TestMendingAsBefore(ImportCase):
    """What was decided for a file holds for its rows that come back corrected."""

    def back(self, desk, change):
        book = openpyxl.load_workbook(io.BytesIO(desk._workbook()))
        change(book.active)
        content = io.BytesIO()
        book.save(content)
        desks = self.imports.with_user(desk.user_id)
        content = base64.b64encode(content.getvalue()).decode()
        again = desks.browse(desks.begin("corrected.xlsx", content, desk.host)["id"])
        again.look_through()
        self.work(again)
        return again

    def test_order_of_dates_and_values_and_policy(self):
        titles = ("Nom", "E-mail", "Né le", "Origine")
        columns = ("question:name", "question:email", "question:birth_date", "question:source")
        desk = self.desk(
            ["Ada Lovelace", "ada@engines.fr", "12/25/1980", "Le bouche"],
            ["Salma Bennani", "salma@motors.fr", "12/26/1980", "Le bouche"],
            ["Paul Roux", "not an address", "03/04/1980", "Le bouche"],
            columns=titles,
            user=self.steward,
        )
        columns = (*columns[:2], "consent_date", columns[3])
        for column, code in zip(desk.column_ids, columns, strict=True):
            desk.map_column(column.id, code)
        [text] = desk.column_ids[3].value_ids
        desk.map_value(text.id, "match", "trade_fair")
        desk.set_policy({"owner": str(self.rival.id), "gate": "first_stage"})
        desk.check()
        self.work(desk)
        desk.run()
        self.work(desk)

        def correct(sheet):
            self.assertEqual(sheet.max_row, 3)
            sheet.cell(3, 2, "paul@roux-meca.fr")

        again = self.back(desk, correct)
        self.assertEqual([c.target or "" for c in again.column_ids], [*columns, "", "key"])
        again.check()
        self.work(again)
        again.run()
        self.work(again)
        lead = again.row_ids.lead_id
        self.assertEqual(lead.user_id, self.rival)
        self.assertEqual(lead.sheet_source_id.code, "trade_fair")
        self.assertTrue(again.column_ids[2].month_first)

    def test_a_file_without_titles(self):
        desk = self.desk(
            ["Paul Roux", "not an address", "0612345678"],
            ["Julie Martin", "julie@martin-meca.fr", "0612345679"],
            columns=("Ada Lovelace", "ada@engines.fr", "0612345670"),
        )
        self.assertEqual(desk.desk()["look"]["header_row"], 0)
        for column, code in zip(
            desk.column_ids, ("question:name", "question:email", "question:phone"), strict=True
        ):
            desk.map_column(column.id, code)
        desk.check()
        self.work(desk)
        desk.run()
        self.work(desk)
        self.assertEqual(self.figures(desk.desk()["report"]), {"created": 2, "failed": 1})
        again = self.back(desk, lambda sheet: sheet.cell(3, 2, "paul@roux-meca.fr"))
        self.assertEqual(len(again.row_ids), 1)
        self.assertEqual(
            [c.target or "" for c in again.column_ids],
            ["question:name", "question:email", "question:phone", "", "key"],
        )

    def test_rows_in_another_order_added_and_left_out(self):
        desk = self.imported(NOBODY, [*NOBODY[:4], "Another"], [*NOBODY[:4], "Third"])

        def change(sheet):
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
            first, second, _third = rows
            first[:3] = "Ada Lovelace", "Engines", "ada@engines.fr"
            second[:3] = "Paul Roux", "Meca", "paul@meca.fr"
            sheet.delete_rows(3, 3)
            for row in (second, first, [*person(9), None, None]):
                sheet.append(row)

        again = self.back(desk, change)
        again.check()
        self.work(again)
        again.run()
        self.work(again)
        self.assertEqual(self.figures(again.desk()["report"]), {"created": 3})
        self.assertEqual(self.figures(desk.desk()["report"]), {"mended": 2, "failed": 1})
