"""What is done with a segment: routing by it, writing to it, sequences, look-ups, its history."""

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .segment_common import SegmentCase


@tagged("post_install", "-at_install")
class TestSegmentUses(SegmentCase):
    def rule(self, segment, **values):
        return self.env["customer.sheet.routing.rule"].create(
            {
                "name": "By segment",
                "is_on": True,
                "trigger": "met",
                "domain": f"[('sheet_segment_ids', 'in', [{segment.id}])]",
                "priority": "3",
                **values,
            }
        )

    def saved(self):
        self.env.cr.flush()
        self.env.invalidate_all()

    # -- routing -------------------------------------------------------------------

    def test_a_rule_looks_when_what_the_segment_reads_changes(self):
        self.rule(self.segment(domain="[('sheet_sector', '=', 'finance')]"))
        lead = self.env["crm.lead"].with_user(self.boss).create({"name": "Later"})
        self.saved()
        self.assertEqual(lead.priority, "0")
        lead.sheet_sector = "finance"
        self.saved()
        self.assertEqual(lead.priority, "3")
        trace = self.env["customer.sheet.routing.trace"].search([("lead_id", "=", lead.id)])
        facts = [line["facts"] for each in trace for line in each.details if line["facts"]]
        self.assertIn("finance", [fact.get("sheet_sector") for fact in facts])

    def test_a_changed_segment_changes_the_rule_at_once(self):
        segment = self.segment(domain="[('sheet_sector', '=', 'finance')]")
        self.rule(segment)
        segment.with_user(self.boss).domain = "[('sheet_sector', '=', 'saas')]"
        lead = self.env["crm.lead"].with_user(self.boss).create({"name": "Software"})
        lead.sheet_sector = "saas"
        self.saved()
        self.assertEqual(lead.priority, "3")

    def test_whoever_may_not_change_a_rule_changes_none_by_its_segment(self):
        segment = self.segment()
        self.rule(segment)
        own = segment.with_user(self.steward)
        own.name = "Another name"
        for values in ({"domain": "[]"}, {"active": False}):
            with self.assertRaises(ValidationError):
                own.write(values)
        with self.assertRaises(UserError):
            own.unlink()
        with self.assertRaises(ValidationError):
            segment.with_user(self.boss).active = False
        segment.with_user(self.boss).domain = "[('sheet_sector', '=', 'retail')]"

    # -- who may be written to -------------------------------------------------------

    def test_who_may_be_written_to_and_why_not(self):
        segment = self.segment("Ours", "[('name', 'like', 'Segmented')]")
        asked, refused, free, *_others = self.leads
        for number, lead in enumerate(asked | refused | free):
            lead.write({"email_from": f"someone{number}@example.com", "sheet_typology": "b2c"})
        for lead, state in ((refused, "refused"), (free, "given")):
            decision = {"purpose": "prospecting", "channel": "email", "state": state}
            lead._sheet_consent_record([decision], method="phone")
        self.saved()
        reach = self.env["customer.sheet.segment.reach"].with_user(self.boss)
        dialog = reach.create({"segment_id": segment.id})
        self.assertEqual((dialog.allowed_count, dialog.other_count), (1, 5))
        self.assertIn("1 of 6", dialog.summary)
        self.assertEqual(len(dialog.why_not.splitlines()), 3)
        opened = {
            name: self.env["crm.lead"].search(getattr(dialog, name)()["domain"])
            for name in ("action_open_allowed", "action_open_others")
        }
        self.assertEqual(opened["action_open_allowed"], free)
        self.assertEqual(opened["action_open_others"], self.leads - free)
        answers = self.leads._can_contact_batch("prospecting", "email")
        self.assertEqual([k for k, each in answers.items() if each["allowed"]], free.ids)

    def test_a_rep_is_told_of_their_own_leads_only(self):
        segment = self.segment("Ours", "[('name', 'like', 'Segmented')]")
        reach = self.env["customer.sheet.segment.reach"].with_user(self.rep)
        with Form(reach.with_context(default_segment_id=segment.id)) as form:
            self.assertIn("of 3", form.summary)
            form.channel = "post"

    # -- sequences, look-ups -----------------------------------------------------------

    def test_its_leads_start_a_sequence(self):
        segment = self.segment("Ours", "[('name', 'like', 'Segmented')]").with_user(self.rep)
        action = segment.action_start_sequence()
        dialogs = self.env[action["res_model"]].with_user(self.rep)
        sequence = self.env["customer.sheet.sequence"].create({"name": "Nurturing"})
        dialog = dialogs.with_context(**action["context"]).create({"sequence_id": sequence.id})
        self.assertEqual(dialog.lead_ids, self.leads[:3])
        contacts = self.segment("All", "[]", model="res.partner")
        with self.assertRaises(UserError):
            contacts.action_start_sequence()

    def test_its_companies_are_looked_up(self):
        segment = self.segment("Ours", "[('name', 'like', 'Segmented')]")
        self.leads[0].sudo()._sheet_stamp({"sheet_register_said": {"company": {}}})
        action = segment.with_user(self.boss).action_look_up_members()
        dialog = self.env[action["res_model"]].with_user(self.boss)
        dialog = dialog.with_context(**action["context"]).create({})
        self.assertEqual(dialog.lead_ids, self.leads[1:])
        empty = self.segment("Nobody", "[('name', '=', 'no such lead')]")
        with self.assertRaises(UserError):
            empty.action_look_up_members()

    # -- its history -------------------------------------------------------------------

    def test_counts_are_kept_by_day_and_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        segment = self.segment("Ours", "[('name', 'like', 'Segmented')]")
        empty = self.segment("Nobody", "[('name', '=', 'no such lead')]")
        unfollowed = self.segment("Unfollowed", is_followed=False)
        self.leads.company_id = self.env.company
        self.leads[:1].write({"user_id": False, "team_id": False, "company_id": company.id})
        counts = self.env["customer.sheet.segment.count"]
        counts._cron_count()
        self.assertEqual(self.counted(segment), {self.env.company: 5, company: 1})
        self.assertEqual(self.counted(empty), {company.browse(): 0})
        self.assertFalse(self.counted(unfollowed))
        self.leads[1].active = False
        counts._cron_count()
        self.assertEqual(self.counted(segment), {self.env.company: 5, company: 1})
        read = counts.with_user(self.steward).search([("segment_id", "=", segment.id)])
        self.assertEqual(read.mapped("count"), [5])

    def test_old_counts_are_thinned_out(self):
        segment = self.segment()
        counts = self.env["customer.sheet.segment.count"]
        for day in ("2020-01-30", "2020-01-31", "2020-02-29"):
            counts.create({"segment_id": segment.id, "day": day, "count": 1})
        counts._cron_count()
        self.env.invalidate_all()
        days = counts.search([("segment_id", "=", segment.id)]).mapped("day")
        today = fields.Date.today()
        self.assertEqual([str(day) for day in days if day < today], ["2020-02-29", "2020-01-31"])

    def counted(self, segment):
        self.env.invalidate_all()
        counts = self.env["customer.sheet.segment.count"].search([("segment_id", "=", segment.id)])
        return {count.company_id: count.count for count in counts}
