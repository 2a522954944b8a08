from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..people import person
from .journal_common import JournalCase


@tagged("post_install", "-at_install")
class TestJournal(JournalCase):
    """What has been between a customer and us, as far as its reader may know (E6, A10)."""

    def test_company_person_and_lead_tell_the_same(self):
        self.say(self.company, "To the company")
        self.say(self.person, "To the person", kind="mail.mt_note")
        self.say(self.lead, "About the lead")
        wanted = [
            ("email", "About the lead"),
            ("note", "To the person"),
            ("email", "To the company"),
        ]
        for record in (self.company, self.person, self.lead):
            found = self.told(record, self.rep, kinds=["email", "note"])
            self.assertEqual(sorted(found), sorted(wanted), record)

    def test_lead_without_contact_tells_of_itself(self):
        lead = self.env["crm.lead"].create({"name": "Nobody yet", "user_id": self.rep.id})
        self.say(lead, "A first note", kind="mail.mt_note")
        self.assertEqual(
            self.told(lead, self.rep), [("note", "A first note"), ("lead", "Nobody yet")]
        )

    def test_what_was_merged_tells_of_where_it_went(self):
        """The one in between, and the first of two merges."""
        lead, contact, company = (
            record.copy({"active": False}) for record in (self.lead, self.person, self.company)
        )
        lead.with_context(active_test=False).partner_id = False
        self.say(self.lead, "Goes on")
        last = self.lead.copy({"active": False, "partner_id": False})
        for tail, kept in ((lead, self.lead), (last, lead), (contact, self.company)):
            self.merged(tail, kept)
        self.merged(company, contact)
        for record in (lead, last, contact, company):
            self.assertIn(("email", "Goes on"), self.told(record, self.rep), record)

    def merged(self, tail, kept):
        self.env.flush_all()
        query = f"UPDATE {tail._table} SET sheet_merged_into_id = %s WHERE id = %s"
        self.env.cr.execute(query, [kept.id, tail.id])
        self.env.invalidate_all()

    def test_nothing_of_the_leads_of_somebody_else(self):
        self.say(self.lead, "Only for the rep")
        self.lead.stage_id = self.env["crm.stage"].search([], order="sequence desc", limit=1)
        self.env["ir.attachment"].create(
            {"name": "plan.pdf", "raw": b"x", "res_model": "crm.lead", "res_id": self.lead.id}
        )
        self.say(self.company, "For everybody")
        self.flush_tracking()
        kinds = [kind for kind, _text in self.told(self.company, self.rep)]
        self.assertCountEqual(kinds, ["email", "email", "stage", "document", "lead"])
        self.assertEqual(self.told(self.company, self.rival), [("email", "For everybody")])
        with self.assertRaises(AccessError):
            self.lead.with_user(self.rival).sheet_journal()

    def test_meeting_of_a_whole_day_has_no_hour(self):
        meeting = {"partner_ids": self.person.ids, "user_id": self.rep.id}
        self.env["calendar.event"].create(
            [
                {**meeting, "name": "Fair", "allday": True, "start": day, "stop": day}
                for day in ("2026-03-04", "2026-03-05")
            ]
        )
        self.env["calendar.event"].create(
            {**meeting, "name": "Visit", "start": "2026-03-04 14:00", "stop": "2026-03-04 15:00"}
        )
        told = [
            (line["title"], str(line["at"]), line["is_day"])
            for line in self.lead.with_user(self.rep)._sheet_journal(kinds=["meeting"])
        ]
        self.assertEqual(
            told,
            [
                ("Fair", "2026-03-05 00:00:00", True),
                ("Visit", "2026-03-04 14:00:00", False),
                ("Fair", "2026-03-04 00:00:00", True),
            ],
        )
        first, second = (
            self.lead.with_user(self.rep).sheet_journal(kinds=["meeting"], limit=2)["lines"][-1],
            self.lead.with_user(self.rep)._sheet_journal(kinds=["meeting"], limit=1)[0],
        )
        after = self.lead.with_user(self.rep)._sheet_journal(first["key"], ["meeting"])
        self.assertEqual([line["is_day"] for line in after], [True])
        self.assertTrue(second["is_day"])

    def test_what_changed_on_a_lead(self):
        stages = self.env["crm.stage"].search([], order="sequence", limit=2)
        self.lead.with_context(mail_notrack=True).stage_id = stages[0]
        self.flush_tracking()
        self.lead.stage_id = stages[1]
        self.flush_tracking()
        self.lead.user_id = self.rival
        self.flush_tracking()
        reason = self.env["crm.lost.reason"].create({"name": "Too dear"})
        self.lead.action_set_lost(lost_reason_id=reason.id)
        self.flush_tracking()
        lines = self.lead.with_user(self.manager)._sheet_journal(kinds=["stage", "owner"])
        self.assertCountEqual(
            [(line["kind"], line["was"], line["title"], line["state"]) for line in lines],
            [
                ("stage", stages[0].name, stages[1].name, ""),
                ("owner", self.rep.name, self.rival.name, ""),
                ("stage", "", "Too dear", "lost"),
            ],
        )
        found = self.told(self.lead, self.manager, text="dear")
        self.assertEqual(found, [("stage", "Too dear")])

    def test_what_is_no_news(self):
        """Notes that Odoo writes by itself, messages for one user, meetings to come."""
        self.say(self.lead, "By the system", message_type="notification")
        self.lead.message_notify(body="For you", partner_ids=self.rep.partner_id.ids)
        self.meeting("2999-01-01 10:00:00")
        self.assertEqual(self.told(self.lead, self.rep), [("lead", "HVAC line")])

    def meeting(self, start="2025-03-01 10:00:00", **values):
        return self.env["calendar.event"].create(
            {
                "name": "On site",
                "start": start,
                "stop": start,
                "partner_ids": self.person.ids,
                "user_id": self.rep.id,
                **values,
            }
        )

    def test_private_meetings_are_for_those_who_were_there(self):
        self.meeting(privacy="private")
        self.rep.res_users_settings_id or self.env["res.users.settings"]._find_or_create_for_user(
            self.rep
        )
        self.rep.sudo().res_users_settings_id.calendar_default_privacy = "private"
        self.meeting()
        self.meeting(privacy="public")
        self.assertEqual(len(self.told(self.person, self.rep, kinds=["meeting"])), 3)
        self.assertEqual(len(self.told(self.person, self.rival, kinds=["meeting"])), 1)

    def test_whoever_wrote_and_is_gone(self):
        """Idea 20: an archived user, a deleted contact, somebody of the portal."""
        visitor = person(self.env, "visitor")
        self.say(self.lead, "From the portal", author_id=visitor.partner_id.id)
        self.say(self.lead, "From a colleague", author_id=self.rival.partner_id.id)
        self.rival.sudo().active = False
        gone = self.env["res.partner"].create({"name": "Gone"})
        self.say(self.lead, "From nobody", author_id=gone.id)
        gone.unlink()
        lines = self.lead.with_user(self.rep)._sheet_journal(kinds=["email"])
        said = {line["text"]: line for line in lines}
        self.assertEqual(len(said), 3)
        self.assertEqual(said["From a colleague"]["author"]["name"], self.rival.name)
        self.assertEqual(said["From a colleague"]["state"], "out")
        self.assertEqual(said["From the portal"]["state"], "in")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_only_people_with_sheets_read_it(self):
        for role in ("outsider", "visitor"):
            user = person(self.env, role)
            with self.assertRaises(AccessError):
                self.company.with_user(user).sheet_journal()

    def test_other_companies_tell_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        lead = self.env["crm.lead"].create(
            {"name": "Elsewhere", "partner_id": self.person.id, "company_id": other.id}
        )
        self.say(lead, "Of the other company")
        found = self.told(self.company, self.manager, kinds=["email", "lead"])
        self.assertEqual(found, [("lead", "HVAC line")])

    def test_without_leads(self):
        """Whoever may not read leads, a privacy officer, is told of contacts."""
        self.say(self.company, "To the company")
        self.say(self.lead, "About the lead")
        officer = person(self.env, "officer")
        found = self.told(self.company, officer, kinds=["email", "lead"])
        self.assertEqual(found, [("email", "To the company")])


@tagged("post_install", "-at_install")
class TestJournalPages(JournalCase):
    """Pages, filters and the one statement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(12):  # all at the same second
            cls.say(cls.lead if number % 2 else cls.person, f"Number {number}", date="2025-01-01")

    def journal(self, **filters):
        return self.company.with_user(self.rep).sheet_journal(**filters)

    def test_pages_go_on_where_the_last_one_ended(self):
        whole = [line["key"] for line in self.journal(limit=100)["lines"]]
        self.assertEqual(len(set(whole)), 13)
        pages, before = [], False
        while before is not None:
            page = self.journal(limit=5, before=before)
            self.assertLessEqual(len(page["lines"]), 5)
            pages += [line["key"] for line in page["lines"]]
            before = page["more"] or None
        self.assertEqual(pages, whole)

    def test_what_comes_meanwhile_moves_nothing(self):
        first = self.journal(limit=5)
        self.say(self.lead, "Just now")
        second = self.journal(limit=100, before=first["more"])
        self.assertNotIn("Just now", [line["text"] for line in second["lines"]])
        self.assertEqual(len(second["lines"]), 8)

    def test_a_place_that_is_none(self):
        for before in ("x", "1|2|3", "2025-01-01|message|x", "2025-01-01T00:00|message"):
            with self.assertRaises(UserError):
                self.journal(before=before)

    def test_filters(self):
        self.say(self.lead, "<b>R&D</b> at 50 %", kind="mail.mt_note")
        self.say(self.lead, "class action", kind="mail.mt_note", author_id=self.person.id)
        self.assertEqual(self.texts(kinds=["note"]), ["class action", "<b>R&D</b> at 50 %"])
        self.assertEqual(self.texts(text="r&d"), ["<b>R&D</b> at 50 %"])
        self.assertEqual(self.texts(text="50 %"), ["<b>R&D</b> at 50 %"])
        self.assertEqual(self.texts(text="5_ %"), [])
        self.assertEqual(len(self.texts(text="number")), 12)
        self.assertEqual(self.texts(text="strong"), [], "not in tags")
        people = [each["id"] for each in self.company.sheet_journal_choices()["people"]]
        self.assertEqual(set(people), {self.company.id, self.person.id})
        self.assertEqual(self.texts(person=self.company.id), [])
        self.assertEqual(len(self.texts(person=self.person.id)), 15)
        self.assertEqual(self.texts(kinds=["order"]), [], "there is no such app here")

    def texts(self, **filters):
        return [line["text"] for line in self.journal(limit=100, **filters)["lines"]]

    def test_one_statement(self):
        """Besides, Odoo looks whether the reader may see the contact, by its company."""
        self.journal()  # what the server remembers
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            self.journal()
