from odoo.tests import Form, tagged

from .routing_common import RoutingCase


@tagged("post_install", "-at_install")
class TestRoutingTrace(RoutingCase):
    """E1: everybody can see why a lead is theirs, and what a person chose stays."""

    # -- what a person chose -----------------------------------------------------

    def test_whoever_types_a_lead_keeps_it(self):
        rule = self.rule(priority="2")
        lead = self.typed()
        self.assertEqual((lead.user_id, lead.priority), (self.clerk, "2"))
        self.assertNotEqual(lead.team_id, self.team)
        self.assertIn(["keeps", "person", self.clerk.id], self.line(lead, rule)["did"])
        self.assertIn("stays the owner: a person chose so.", self.traces(lead).kept)
        rule.domain = "[('city', '=', 'Lyon')]"
        other = self.typed()
        self.assertIn(f"{self.clerk.name} stays the owner", other.sheet_why)

    def test_an_owner_given_at_creation_stays(self):
        self.rule()
        self.assertEqual(self.typed(user_id=self.rep.id).user_id, self.rep)
        self.assertEqual(self.incoming(user_id=self.rep.id).user_id, self.rep)

    def test_a_lead_typed_for_nobody_is_given_away(self):
        self.rule()
        self.assertIn(self.typed(user_id=False).user_id, self.people)

    def test_whoever_sees_only_their_own_leads_can_save_one_for_nobody(self):
        self.rule()
        with Form(self.env["crm.lead"].with_user(self.rep)) as form:
            form.name = "Request"
            form.user_id = self.env["res.users"]
        lead = form.record.sudo()
        self.saved()
        self.assertIn(lead.user_id, self.people)

    def test_an_import_without_owners_is_routed_and_one_with_owners_is_not(self):
        self.rule()
        leads = self.env["crm.lead"].with_user(self.clerk)
        result = leads.load(["name"], [["One"], ["Two"]])
        self.assertFalse(result["messages"])
        self.assertLessEqual(leads.browse(result["ids"]).user_id, self.people)
        result = leads.load(["name", "user_id/.id"], [["One", str(self.rep.id)]])
        self.assertEqual(leads.browse(result["ids"]).user_id, self.rep)

    def test_a_person_who_changes_the_owner_is_respected_and_named(self):
        later = self.rule(trigger="stage", stage_ids=self.stage.ids, strategy="leader")
        self.rule()
        lead = self.incoming(type="opportunity")
        former = lead.user_id
        lead.with_user(self.clerk).user_id = self.rep
        trace = self.traces(lead)[-1]
        self.assertEqual((trace.kind, trace.create_uid), ("person", self.clerk))
        self.assertEqual((trace.former_user_id, trace.user_id), (former, self.rep))
        lead.stage_id = self.stage
        self.assertEqual(lead.user_id, self.rep)
        self.assertIn(["keeps", "person", self.rep.id], self.line(lead, later)["did"])

    def test_a_rule_may_take_what_a_rule_gave(self):
        self.rule()
        self.rule(trigger="stage", stage_ids=self.stage.ids, strategy="leader")
        lead = self.incoming(type="opportunity")
        lead.stage_id = self.stage
        self.assertEqual(lead.user_id, self.boss)

    def test_whoever_works_on_an_old_lead_keeps_it(self):
        lead = self.incoming(type="opportunity", user_id=self.rep.id)
        self.rule(trigger="stage", stage_ids=self.stage.ids, strategy="leader")
        lead.stage_id = self.stage
        self.assertEqual(lead.user_id, self.rep)

    def test_a_merge_leaves_no_trace_of_a_person_and_keeps_the_others(self):
        self.rule()
        leads = self.incoming(2, email_from="same@example.com", type="opportunity")
        owners = leads.user_id
        merged = leads.with_user(self.boss).merge_opportunity()
        self.assertEqual(len(self.traces(merged)), 2)
        self.assertEqual(self.traces(merged).user_id, owners)

    @property
    def stage(self):
        return self.env.ref("crm.stage_lead2")

    # -- in words --------------------------------------------------------------------

    def test_the_trace_tells_it_in_words(self):
        self.members[0].assignment_optout = True
        first = self.rule(
            name="Big ones",
            domain="[('sheet_sector', '=', 'retail')]",
            budget_from=1000,
            priority="2",
        )
        self.rule(name="Elsewhere", domain="[('city', '=', 'Lyon')]", strategy="none")
        lead = self.incoming(sheet_sector="retail", sheet_budget_max=2000)
        why = lead.with_user(self.clerk).sheet_why
        for words in (
            "Came in from outside",
            "Big ones",
            "Budget to: $\xa02,000.00",
            "Sector: Retail and e-commerce",
            "Team Seniors.",
            f"Owner {lead.user_id.name}, whose turn it was.",
            "ada was passed over: paused in the team.",
            "Priority High.",
            "passed over: the lead does not meet its condition",
            "City: none",
        ):
            self.assertIn(words, why.replace("$ ", "$\xa0"))
        self.assertIn("Big ones: Team Seniors.", self.traces(lead).summary)
        first.unlink()
        self.env.invalidate_all()
        self.assertIn("Big ones", lead.sheet_why, "the name of then, if the rule is gone")

    def test_every_outcome_has_words(self):
        traces = self.env["customer.sheet.routing.trace"]
        for outcome in ("done", "condition", "stopped", "done_already", "high_already"):
            self.assertTrue(traces._outcome({"outcome": outcome, "by": "A rule"}))
        team, user = self.team.id, self.ada.id
        kind, day = self.env.ref("mail.mail_activity_data_call").id, "2026-03-09"
        for did in (
            ["keeps", "person", user],
            ["keeps", "worked", user],
            ["nobody"],
            ["team_decided", team, "A rule"],
            ["user_decided", user, "A rule"],
            ["sheet_sector", "retail"],
            ["activity", kind, user, day],
            ["planned", kind, user, day],
            ["no_actor", kind],
            ["wants", kind],
            ["user", user, "last"],
            ["tags", [0]],
            ["sequence", 0],
            ["no_sequence", 0],
        ):
            self.assertTrue(traces._say(*did).endswith("."), did)

    def test_texts_of_a_person_are_not_copied_into_traces(self):
        rule = self.rule(domain="[('email_from', 'like', 'example')]")
        lead = self.incoming(email_from="salma@example.com")
        self.assertEqual(self.line(lead, rule)["facts"], {"email_from": True})

    # -- figures and dry run -----------------------------------------------------------

    def test_rules_count_what_they_did(self):
        rule = self.rule()
        other = self.rule(team_id=False, strategy="none", priority="1")
        leads = self.incoming(3, type="opportunity")
        leads[0].action_set_won()
        self.assertEqual((rule.matched_count, rule.owner_count, rule.won_count), (3, 3, 1))
        self.assertEqual((other.matched_count, other.owner_count), (3, 0))

    def test_a_lead_counts_once_for_a_rule(self):
        rule = self.rule()
        leads = self.incoming(2, type="opportunity")
        self.env["customer.sheet.routing.trace"].sudo().create(
            {"lead_id": leads[0].id, "kind": "rule", "event": "stage", "rule_ids": rule.ids}
        )
        self.assertEqual(rule.matched_count, 2)

    def test_a_dry_run_tells_who_would_have_got_what(self):
        old = self.incoming(6, city="Dryville")
        self.assertFalse(old.user_id)
        rule = self.rule(is_on=False, domain="[('city', '=', 'Dryville')]", priority="2")
        self.members[0].assignment_optout = True
        action = rule.with_user(self.boss).action_dry_run()
        lines = self.env["customer.sheet.routing.preview"].search(action["domain"])
        mine = lines.filtered(lambda line: line.lead_id in old)
        self.assertEqual(sorted(line.user_id.name for line in mine), ["bob"] * 3 + ["cleo"] * 3)
        self.assertEqual((mine.team_id, mine.rule_id), (self.team, rule))
        self.assertIn("Priority High.", mine[0].words)
        self.assertTrue(all(mine.mapped("is_different")))
        self.assertFalse((lines - mine).rule_id)

    def test_a_dry_run_changes_nothing(self):
        old = self.incoming(3)
        call = self.env.ref("mail.mail_activity_data_call")
        rule = self.rule(is_on=False, activity_type_id=call.id)
        rule.with_user(self.boss).action_dry_run_all()
        self.assertFalse(old.user_id | old.activity_ids.user_id)
        self.assertFalse(self.traces(old))
        self.assertEqual(rule._draw_turns(1), [0], "no turn is used up")
