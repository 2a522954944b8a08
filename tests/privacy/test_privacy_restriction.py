"""Kept, but not used: who is restricted disappears for everybody but officers and accounting."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ...models.privacy.restriction.stock import leaving_restricted_out
from ..people import person

OFFICER = "crm_customer_sheet.group_sheet_privacy"
STEWARD = "crm_customer_sheet.group_sheet_steward"
RULE = "crm_customer_sheet.sheet_restriction_rule_partner"


@tagged("post_install", "-at_install")
class TestPrivacyRestriction(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(cls.env, "rest_officer", groups=OFFICER)
        cls.rep = new_test_user(
            cls.env,
            "rest_rep",
            groups=f"sales_team.group_sale_salesman_all_leads,base.group_allow_export,{STEWARD}",
        )
        cls.julie, cls.paul = cls.env["res.partner"].create(
            [
                {"name": "Zyxquill Julie", "email": "zyxquill@example.com"},
                {"name": "Zyxquill Paul", "email": "paul@example.com"},
            ]
        )
        cls.address = cls.env["res.partner"].create(
            {"parent_id": cls.julie.id, "type": "delivery", "name": "Zyxquill depot"}
        )
        cls.lead = cls.env["crm.lead"].create(
            {"name": "Zyxquill wants", "partner_id": cls.julie.id, "type": "opportunity"}
        )

    def seen(self, model, user=None):
        records = self.env[model].with_user(user or self.rep).with_context(active_test=False)
        return records.search([("name", "ilike", "zyxquill")])

    def restrict(self, records=None, ground="request", **values):
        (records or self.julie)._sheet_restrict(ground, **values)

    # -- who sees what -------------------------------------------------------------

    def test_who_is_restricted_disappears_and_comes_back(self):
        everybody = self.julie + self.paul + self.address
        self.assertEqual(self.seen("res.partner"), everybody)
        self.restrict(words="Their address is contested")
        self.assertEqual(self.seen("res.partner"), self.paul)
        self.assertFalse(self.seen("crm.lead"))
        partners = self.env["res.partner"].with_user(self.rep)
        self.assertEqual([key for key, _name in partners.name_search("Zyxquill")], [self.paul.id])
        with self.assertRaises(AccessError):
            self.julie.with_user(self.rep).read(["name"])
        with self.assertRaises(AccessError):
            self.julie.with_user(self.rep).export_data(["name"])
        with self.assertRaises(AccessError):
            self.julie.with_user(self.rep).write({"comment": "x"})
        self.assertEqual(self.seen("res.partner", self.officer), everybody)
        self.assertIn("contested", self.julie.with_user(self.officer).sheet_restriction)
        self.julie._sheet_lift_restriction("It is right")
        self.assertEqual(self.seen("res.partner"), everybody)
        self.assertEqual(self.seen("crm.lead"), self.lead)
        self.assertIn("It is right", self.julie.message_ids[0].body)

    def test_a_database_without_a_restriction_pays_nothing(self):
        rule, partners = self.env.ref(RULE), self.env["res.partner"]
        self.assertFalse(rule.active)
        self.assertTrue(partners._sheet_used_domain().is_true())
        self.assertEqual(partners._sheet_used_sql("p").code, "TRUE")
        self.assertEqual(self.env["crm.lead"]._sheet_used_sql("l").code, "TRUE")
        self.restrict()
        self.assertTrue(rule.active)
        self.paul._sheet_restrict("request")
        self.julie._sheet_lift_restriction("x")
        self.assertTrue(rule.active)
        self.paul._sheet_lift_restriction("x")
        self.assertFalse(rule.active)

    def test_documents_keep_showing_the_name(self):
        other = self.env["crm.lead"].create({"name": "Of the firm", "partner_id": self.paul.id})
        self.restrict()
        # a mail of the restricted person, taken by an alias, makes a lead of theirs
        other.partner_id = self.julie
        form = self.env["crm.lead"].with_user(self.rep).get_view(view_type="form")
        spec = {
            name: {"fields": {"display_name": {}}} if field.type == "many2one" else {}
            for name in form["models"]["crm.lead"]
            if (field := self.env["crm.lead"]._fields.get(name))
        }
        [values] = other.with_user(self.rep).web_read(spec)
        self.assertEqual(values["partner_id"]["display_name"], "Zyxquill Julie")

    def test_nobody_hides_a_colleague_or_the_company(self):
        for partner in (self.rep.partner_id, self.env.company.partner_id):
            with self.assertRaises(UserError):
                partner._sheet_restrict("request")

    def test_a_customer_who_signs_in_still_sees_themselves(self):
        portal = new_test_user(self.env, "rest_portal", groups="base.group_portal")
        self.restrict(portal.partner_id)
        mine = portal.partner_id.with_user(portal)
        self.assertEqual(mine.read(["name"])[0]["name"], portal.name)
        self.assertEqual(portal.with_user(portal).read(["name"])[0]["name"], portal.name)

    def test_nobody_forges_or_reads_it(self):
        self.julie.write({"sheet_restricted_on": "2026-01-01 00:00:00"})
        self.assertFalse(self.julie.sheet_restricted_on)
        portal = new_test_user(self.env, "rest_portal2", groups="base.group_portal")
        for name in ("sheet_restricted_on", "sheet_restriction"):
            with self.assertRaises(AccessError):
                portal.partner_id.with_user(portal).read([name])

    def test_a_weaker_ground_takes_nothing_away(self):
        self.restrict(ground="duty", until=date(2036, 12, 31))
        self.restrict(ground="request")
        self.assertEqual(self.julie.sheet_restricted_ground, "duty")
        self.assertEqual(self.julie.sheet_restricted_until, date(2036, 12, 31))
        self.restrict(ground="duty", until=date(2037, 12, 31))
        self.assertEqual(self.lead.sheet_restricted_until, date(2037, 12, 31))

    # -- what reads as superuser -----------------------------------------------------

    def test_the_door_says_no_with_the_reason(self):
        self.restrict()
        for records in (self.julie, self.lead):
            answer = records.sudo()._can_contact_batch("prospecting", "email")[records.id]
            self.assertFalse(answer["allowed"])
            self.assertIn("restricted", " ".join(answer["reasons"]))

    def test_it_is_in_no_segment_and_no_figure(self):
        segment = self.env["customer.sheet.segment"].create(
            {"name": "Z", "model": "res.partner", "domain": "[('name', 'ilike', 'zyxquill')]"}
        )
        kpis = self.env["customer.sheet.kpi"]
        before = segment.record_count, kpis._now(codes=["answers_contacts", "complete_contacts"])
        self.assertEqual(before[0], 2)
        self.restrict()
        segment.invalidate_recordset(["record_count"])
        self.assertEqual(segment.record_count, 1)
        for officer in (self.rep, self.officer):
            members = segment.with_user(officer)._members()
            self.assertEqual(members, self.paul.with_user(officer))
        after = kpis._now(codes=["complete_contacts"])["complete_contacts"][1]
        self.assertEqual(after, before[1]["complete_contacts"][1] - 1)

    def test_it_is_nobodys_duplicate(self):
        keys = self.env["customer.sheet.match.key"].with_user(self.rep)
        typed = {"name": "Zyxquill Julie", "email": "zyxquill@example.com"}
        self.julie._sheet_match_flush()
        self.assertTrue(keys.find(typed))
        self.restrict()
        self.assertFalse(keys.find(typed))
        self.julie._sheet_lift_restriction("x")
        self.assertTrue(keys.find(typed))

    def test_odoo_counts_it_among_no_duplicates(self):
        twin = self.env["crm.lead"].create({"name": "T", "partner_id": self.julie.id})
        self.assertIn(self.lead, twin.duplicate_lead_ids)
        self.lead._sheet_restrict("request")
        twin.invalidate_recordset()
        self.assertNotIn(self.lead, twin.with_user(self.rep).duplicate_lead_ids)

    def test_it_is_not_told_of_nor_routed_nor_assigned(self):
        forgotten = self.env["customer.sheet.forgotten"]
        self.lead.user_id = False
        self.env.flush_all()
        self.assertTrue(forgotten.search([("lead_id", "=", self.lead.id)]))
        self.restrict()
        self.assertFalse(forgotten.search([("lead_id", "=", self.lead.id)]))
        self.lead.sudo()._sheet_route("changed")
        self.assertFalse(self.lead.user_id)

    def test_its_sequence_ends_before_the_next_message(self):
        sequence = self.env["customer.sheet.sequence"].create(
            {
                "name": "Z",
                "purpose_id": self.env.ref("crm_customer_sheet.consent_purpose_prospecting").id,
            }
        )
        step = self.env["customer.sheet.sequence.step"].create(
            {
                "sequence_id": sequence.id,
                "name": "Call",
                "kind": "activity",
                "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
            }
        )
        enrolment = self.env["customer.sheet.sequence.enrolment"].create(
            {"lead_id": self.lead.id, "sequence_id": sequence.id, "step_id": step.id}
        )
        seen = enrolment.with_user(self.rep)
        self.assertTrue(seen.search([("id", "=", enrolment.id)]))
        self.restrict()
        self.assertFalse(seen.search([("id", "=", enrolment.id)]))
        enrolment._stop_where_needed()
        self.assertEqual(enrolment.stop_reason, "refused")

    def test_the_address_is_not_written_to_on_another_sheet(self):
        twin = self.env["crm.lead"].create({"name": "T", "email_from": "zyxquill@example.com"})
        asked = twin._can_contact_batch("prospecting", "email")[twin.id]["reasons"]
        self.restrict(ground="claims", until=date(2036, 12, 31))
        same = twin._can_contact_batch("prospecting", "email")[twin.id]["reasons"]
        self.assertEqual(asked, same)
        self.julie._sheet_lift_restriction()
        self.restrict()
        answer = twin._can_contact_batch("prospecting", "email")[twin.id]
        self.assertIn("kept, but not used", " ".join(answer["reasons"]))
        mail = self.env["mail.mail"].create(
            {
                "email_to": "zyxquill@example.com",
                "body_html": "<p>Buy</p>",
                "sheet_consent_purpose_id": self.env.ref(
                    "crm_customer_sheet.consent_purpose_prospecting"
                ).id,
            }
        )
        mail.send()
        self.assertEqual(mail.state, "cancel")

    def test_the_data_checks_leave_it_out(self):
        run = self.env["customer.sheet.quality.run"]._start(
            "res.partner", "selection", self.julie.ids
        )
        self.assertEqual(run.total, 1)
        self.restrict()
        run = self.env["customer.sheet.quality.run"]._start(
            "res.partner", "selection", self.julie.ids
        )
        self.assertEqual(run.total, 0)

    def test_odoo_assigns_no_restricted_lead(self):
        self.lead.write({"user_id": False, "team_id": False})
        leads = self.env["crm.lead"]
        free = [("id", "=", self.lead.id)]
        with leaving_restricted_out():
            self.assertTrue(leads.search(free))
            self.restrict()
            self.assertFalse(leads.search(free))
        self.assertTrue(leads.search(free))

    # -- when the law no longer wants it ---------------------------------------------

    def test_at_its_term_it_is_erased_or_its_day_moves(self):
        people = self.env["customer.sheet.person"]
        with freeze_time("2026-03-02"):
            self.restrict(ground="duty", until=date(2026, 3, 2))
            self.assertEqual(people._cron_end(), 0)
            self.assertEqual(self.julie.name, "Zyxquill Julie")
        with freeze_time("2026-03-03"):
            with patch.object(type(people), "_held_until", lambda *_args: date(2036, 6, 30)):
                people._cron_end()
            self.assertEqual(self.julie.sheet_restricted_until, date(2036, 6, 30))
        with freeze_time("2036-07-01"):
            people._cron_end()
        self.assertNotIn("Zyxquill", f"{self.julie.name} {self.lead.name} {self.address.name}")
        self.assertFalse(self.julie.sheet_restricted_on)
        self.assertFalse(self.env.ref(RULE).active)

    def test_f4_its_last_day_is_one_of_the_company(self):
        people = self.env["customer.sheet.person"]
        calendar = self.env.ref("base.main_company").resource_calendar_id
        for zone, before, after in (
            ("Pacific/Honolulu", "2026-03-03 09:59", "2026-03-03 10:01"),
            ("Pacific/Kiritimati", "2026-03-02 09:59", "2026-03-02 10:01"),
        ):
            with self.subTest(zone=zone), self.env.cr.savepoint() as point:
                calendar.tz = zone
                with freeze_time(before):
                    self.restrict(ground="duty", until=date(2026, 3, 2))
                    people._cron_end()
                    self.assertIn("Zyxquill", self.julie.name)
                with freeze_time(after):
                    people._cron_end()
                    self.assertNotIn("Zyxquill", self.julie.name)
                point.rollback()
                self.env.invalidate_all()

    def test_on_request_nothing_ends_by_itself_but_an_officer_is_told(self):
        with freeze_time("2026-03-02"):
            self.restrict(until=date(2026, 3, 5))
        with freeze_time("2026-03-10"):
            self.env["customer.sheet.person"]._cron_end()
            self.assertTrue(self.julie.sheet_restricted_on)
            desk = self.env["customer.sheet.desk"].with_user(self.officer)
            [line] = [line for line in desk._due() if line.code == "restrictions"]
            self.assertEqual(line.day, date(2026, 3, 5))

    # -- what officers do ------------------------------------------------------------

    def request(self):
        return (
            self.env["customer.sheet.request"]
            .with_user(self.officer)
            .create({"kind": "restriction", "partner_id": self.julie.id})
        )

    def dialog(self, action, **values):
        context = {k: v for k, v in action["context"].items() if k.startswith("default_")}
        dialogs = self.env["customer.sheet.restrict"].with_user(self.officer)
        return dialogs.with_context(**context).create({"words": "Because", **values})

    def test_an_officer_restricts_on_a_request_and_lifts_it(self):
        request = self.request()
        dialog = self.dialog(request.action_restrict())
        self.assertIn("Zyxquill wants", dialog.about)
        dialog.action_apply()
        self.assertTrue(request.is_restricted)
        self.assertFalse(self.seen("crm.lead"))
        dialog = self.dialog(request.action_restrict())
        self.assertTrue(dialog.is_lifted)
        dialog.action_apply()
        self.assertEqual(self.seen("crm.lead"), self.lead)

    def test_leads_of_a_company_that_the_officer_does_not_work_for_stay(self):
        """Each company answers for its own leads; the contact is everybody's, and its address is
        written to by nobody."""
        there = self.env["res.company"].create({"name": "There"})
        hers = {"partner_id": self.julie.id, "email_from": self.julie.email}
        away, here = self.env["crm.lead"].create(
            [
                {"name": "Zyxquill there", "company_id": there.id, **hers},
                {"name": "Zyxquill here", "company_id": self.env.company.id, **hers},
            ]
        )
        dialog = self.dialog(self.request().action_restrict())
        self.assertNotIn("Zyxquill there", dialog.about)
        dialog.action_apply()
        self.assertTrue(here.sheet_restricted_on and self.lead.sheet_restricted_on)
        self.assertFalse(away.sheet_restricted_on)
        seller = person(self.env, "clerk", company_id=there.id, company_ids=there.ids)
        leads = self.env["crm.lead"].with_user(seller)
        self.assertEqual(leads.search([("name", "ilike", "zyxquill")]), away)
        self.assertFalse(away._can_contact_batch("prospecting", "email")[away.id]["allowed"])

        theirs = person(self.env, "officer", company_id=there.id, company_ids=there.ids)
        away.with_user(theirs)._sheet_restrict("request")
        self.dialog(self.request().action_restrict()).action_apply()
        self.assertFalse(here.sheet_restricted_on or self.julie.sheet_restricted_on)
        self.assertTrue(away.sheet_restricted_on)

    def test_only_officers_do(self):
        with self.assertRaises(UserError):
            self.julie.with_user(self.rep).action_sheet_restrict()
        with self.assertRaises(AccessError):
            self.env["customer.sheet.restrict"].with_user(self.rep).create(
                {"partner_id": self.julie.id, "words": "x"}
            )

    def test_what_the_law_keeps_is_not_lifted(self):
        self.restrict(ground="duty", until=date(2036, 12, 31))
        action = self.julie.with_user(self.officer).action_sheet_restrict()
        with self.assertRaises(UserError):
            self.dialog(action).action_apply()

    # -- what is held ------------------------------------------------------------------

    @freeze_time("2026-03-02")
    def test_nothing_is_held_without_apps(self):
        people = self.env["customer.sheet.person"]
        known = people._expand(self.paul)
        if "sale.order" not in self.env:
            self.assertEqual(people._held(known), [])
            self.assertIsNone(people._held_until(known))
        self.env.execute_query(people._held_sql())
