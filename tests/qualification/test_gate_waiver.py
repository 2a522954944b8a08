from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...models.qualification.gate.exceptions import GateRefused
from ..people import person
from .common import QualificationCase


@tagged("post_install", "-at_install")
class TestGateWaiver(QualificationCase):
    """A manager lets a lead through, for a reason and until a day."""

    def waive(self, lead, user=None, **values):
        waivers = self.env["customer.sheet.gate.waiver"].with_user(user or self.manager)
        basis = {"lead_id": lead.id, "gate_id": self.gate.id, "reason": "Framework contract"}
        return waivers.create({**basis, **values})

    def test_a_waived_lead_passes_and_the_chatter_says_why(self):
        lead = self.lead()
        self.waive(lead)
        lead.stage_id = self.qualified
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertIn("Framework contract", "".join(lead.message_ids.mapped("body")))
        self.assertFalse(lead.sheet_gate_failing)
        self.assertFalse(lead.search([("sheet_gate_failing", "=", True), ("id", "=", lead.id)]))

    def test_only_a_manager_grants_one_and_in_their_own_name(self):
        lead = self.lead()
        with self.assertRaises(AccessError):
            self.waive(lead, user=self.rep)
        waiver = self.waive(lead, granted_by_id=self.rep.id)
        self.assertEqual(waiver.granted_by_id, self.manager)

    def test_a_waiver_ends_and_comes_back_as_an_activity(self):
        lead = self.lead()
        with freeze_time("2026-11-02"):
            waiver = self.waive(lead, expires_on="2026-11-10")
            lead.stage_id = self.qualified
        with freeze_time("2026-11-11"):
            self.env["customer.sheet.gate.waiver"]._cron_expired()
            self.assertTrue(lead.sheet_gate_failing)
        activity = lead.activity_ids.filtered(lambda a: "has ended" in (a.summary or ""))
        self.assertEqual(activity.user_id, self.rep)
        self.assertIn("Timing", activity.note)
        self.env["customer.sheet.gate.waiver"]._cron_expired()
        self.assertEqual(len(lead.activity_ids), 1, "reminded once")
        self.assertTrue(waiver.is_reminded)

    def test_a_waiver_that_is_no_longer_needed_ends_quietly(self):
        lead = self.lead(**self.COMPLETE)
        with freeze_time("2026-11-02"):
            self.waive(lead, expires_on="2026-11-10")
            lead.stage_id = self.qualified
        with freeze_time("2026-11-11"):
            self.env["customer.sheet.gate.waiver"]._cron_expired()
        self.assertFalse(lead.activity_ids.filtered(lambda a: "has ended" in (a.summary or "")))

    def test_a_past_day_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Valid until"):
            self.waive(self.lead(), expires_on="2020-01-01")

    def test_a_rep_asks_the_leader_of_the_team(self):
        lead = self.lead()
        lead.sudo().team_id.user_id = self.manager
        name = lead.sheet_gate_ask_waiver(self.gate.id, "Signed by phone")
        self.assertEqual(name, self.manager.name)
        activity = lead.sudo().activity_ids.filtered(lambda a: a.user_id == self.manager)
        self.assertIn("Signed by phone", activity.note)
        with self.assertRaisesRegex(UserError, "Reason"):
            lead.sheet_gate_ask_waiver(self.gate.id, " ")

    def test_a_merge_keeps_the_waiver(self):
        first, second = self.lead(email_from="a@atlas.ma"), self.lead(email_from="a@atlas.ma")
        waivers = self.waive(first) | self.waive(second)
        merged = (first | second).with_user(self.manager).merge_opportunity()
        self.assertEqual(waivers.lead_id, merged)


@tagged("post_install", "-at_install")
class TestPillars(QualificationCase):
    """A7: stated once answered, confirmed once somebody said on what evidence."""

    def states(self, lead):
        return {each["pillar"]: each["state"] for each in lead.sheet_pillars}

    def test_a_pillar_goes_from_unknown_to_stated_to_confirmed(self):
        lead = self.lead()
        self.assertEqual(self.states(lead)["need"], "unknown")
        lead.sheet_need = "Audit of the HVAC line"
        self.assertEqual(self.states(lead)["need"], "stated")
        with freeze_time("2026-09-01"):
            lead.sheet_confirm_pillar("need", "Mail of Mrs Bennani")
        [need] = [each for each in lead.sheet_pillars if each["pillar"] == "need"]
        self.assertEqual((need["state"], need["author"]), ("confirmed", self.rep.name))
        self.assertEqual(need["evidence"], "Mail of Mrs Bennani")
        with freeze_time("2026-11-24"):
            lead.invalidate_recordset()
            [need] = [each for each in lead.sheet_pillars if each["pillar"] == "need"]
        self.assertEqual((need["days"], need["is_old"]), (84, True))

    def test_another_value_must_be_confirmed_again(self):
        lead = self.lead(sheet_need="Audit of the HVAC line")
        lead.sheet_confirm_pillar("need", "Mail of Mrs Bennani")
        lead.sheet_need = "Two new lines"
        self.assertEqual(self.states(lead)["need"], "stated")

    def test_a_confirmation_is_taken_back(self):
        lead = self.lead(sheet_need="Audit of the HVAC line")
        lead.sheet_confirm_pillar("need", "Mail of Mrs Bennani")
        lead.sheet_unconfirm_pillar("need")
        self.assertEqual(self.states(lead)["need"], "stated")

    def test_nothing_is_confirmed_without_answer_or_evidence(self):
        lead = self.lead()
        with self.assertRaisesRegex(UserError, "no answer yet"):
            lead.sheet_confirm_pillar("need", "Mail")
        lead.sheet_need = "Audit of the HVAC line"
        with self.assertRaisesRegex(UserError, "Evidence"):
            lead.sheet_confirm_pillar("need", " ")

    def test_still_right_keeps_the_evidence(self):
        lead = self.lead(sheet_need="Audit of the HVAC line")
        lead.sheet_confirm_pillar("need", "Mail of Mrs Bennani")
        lead.sheet_still_right("need")
        [need] = [each for each in lead.sheet_pillars if each["pillar"] == "need"]
        self.assertEqual(need["evidence"], "Mail of Mrs Bennani")

    def test_a_forged_call_is_refused(self):
        lead = self.lead()
        for method, args in (
            ("sheet_gate_check", [self.qualified.id]),
            ("sheet_confirm_pillar", ["need", "x"]),
        ):
            with self.assertRaises(AccessError):
                getattr(lead.with_user(self.outsider), method)(*args)


@tagged("post_install", "-at_install")
class TestMarkedWonByMail(HttpCase):
    """Stock swallows a refusal behind the link of a mail; ours says why."""

    def test_the_link_shows_the_lead_and_the_reason(self):
        gate = self.env.ref("crm_customer_sheet.gate_qualified")
        gate.mode = "enforce"
        rep = person(self.env, "rep", "mail_rep", password="mail_rep_pw1")
        stage = self.env["crm.stage"].search([], order="sequence, id", limit=1)
        lead = self.env["crm.lead"].create(
            {"name": "Request", "type": "opportunity", "user_id": rep.id, "stage_id": stage.id}
        )
        self.authenticate("mail_rep", "mail_rep_pw1")
        link = lead._notify_get_action_link("controller", controller="/lead/case_mark_won")
        response = self.url_open(link, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn(str(lead.id), response.headers["Location"])
        lead.invalidate_recordset()
        self.assertEqual(lead.stage_id, stage)
        sent = self.env["bus.bus"].sudo().search([("message", "like", "simple_notification")])
        self.assertIn("Timing", "".join(sent.mapped("message")))
        lead.write(QualificationCase.COMPLETE)
        self.url_open(link, allow_redirects=False)
        lead.invalidate_recordset()
        self.assertTrue(lead.stage_id.is_won)


@tagged("post_install", "-at_install")
class TestGateRefusedOverRpc(HttpCase):
    @mute_logger("odoo.http")
    def test_a_refusal_is_read_without_a_dialog_too(self):
        self.env.ref("crm_customer_sheet.gate_qualified").mode = "enforce"
        rep = person(self.env, "rep", "rpc_rep", password="rpc_rep_pw1")
        stage = self.env["crm.stage"].search([], order="sequence, id", limit=1)
        lead = self.env["crm.lead"].create(
            {"name": "Request", "type": "opportunity", "user_id": rep.id, "stage_id": stage.id}
        )
        self.authenticate("rpc_rep", "rpc_rep_pw1")
        target = self.env.ref("crm.stage_lead2").id
        params = {
            "model": "crm.lead",
            "method": "write",
            "args": [[lead.id], {"stage_id": target}],
            "kwargs": {"context": {"import_file": True}},
        }
        payload = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 0}
        response = self.opener.post(
            f"{self.base_url()}/web/dataset/call_kw/crm.lead/write", json=payload
        ).json()
        data = response["error"]["data"]
        self.assertTrue(data["name"].endswith(".GateRefused"))
        self.assertIn("To enter “Qualified”", data["message"])
        self.assertEqual(data["context"]["leads"][0]["id"], lead.id)
        with self.assertRaises(GateRefused):
            lead.with_user(rep).stage_id = target
