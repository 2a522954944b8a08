from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.qualification.gate.exceptions import GateRefused
from ..people import person
from ..rights import RpcCase
from ..upkeep import finish_many
from .common import QualificationCase


class WaysCase(QualificationCase):
    """What there is to see of a lead that somebody has put behind the gate."""

    def todos(self, lead):
        return lead.sudo().activity_ids.filtered(
            lambda activity: "To regularise" in (activity.summary or "")
        )

    def notes(self, lead):
        bodies = lead.sudo().message_ids.mapped("body")
        return [body for body in bodies if "without what the stage needs" in body]

    def assertTold(self, lead, owner=None, times=1):
        """Note, activity, list, and the gate asks before the lead moves on."""
        owner = owner or self.rep
        self.assertEqual(len(self.notes(lead)), times)
        self.assertIn("Need", self.notes(lead)[0])
        self.assertIn("Timing", self.notes(lead)[0])
        self.assertEqual(self.todos(lead).user_id, owner)
        self.assertIn("Timing", self.todos(lead)[0].note)
        mine = lead.with_user(owner)
        self.assertTrue(mine.sheet_gate_failing)
        self.assertIn(mine, mine.search([("sheet_gate_failing", "=", True)]))
        stage = mine.stage_id
        if not stage.is_won:
            self.assertFalse(mine.sheet_gate_check(self.won.id)["passed"])
            with self.assertRaises(GateRefused) as caught, self.cr.savepoint():
                mine.stage_id = self.won
            self.assertIn("Timing", str(caught.exception))
            mine.invalidate_recordset()
            self.assertEqual(mine.stage_id, stage)

    def assertQuiet(self, lead):
        self.assertFalse(self.notes(lead) or self.todos(lead))
        self.assertFalse(lead.sudo().sheet_gate_unasked_on)


@tagged("post_install", "-at_install")
class TestGateImports(WaysCase):
    """T5: a row that moves a lead which is there is refused as its person would be."""

    def name(self, lead, name):
        self.env["ir.model.data"].create(
            {"module": "test", "name": name, "model": "crm.lead", "res_id": lead.id}
        )
        return f"test.{name}"

    def load(self, header, rows, user=None):
        return self.env["crm.lead"].with_user(user or self.rep).load(header, rows)

    def assertRowRefused(self, result, row):
        self.assertFalse(result["ids"])
        [message] = result["messages"]
        self.assertEqual(message["rows"], {"from": row, "to": row})
        self.assertEqual(message["type"], "error")
        self.assertIn("To enter “", message["message"])
        self.assertIn("Timing (Deadline)", message["message"])
        self.env.invalidate_all()

    def test_by_database_id_or_external_id_by_name_or_id_of_the_stage(self):
        lead = self.lead()
        stages = [("stage_id/.id", str(self.qualified.id)), ("stage_id", self.qualified.name)]
        leads = [(".id", str(lead.id)), ("id", self.name(lead, "one"))]
        for stage, target in stages:
            for key, value in leads:
                for user in (self.rep, self.manager):
                    result = self.load([key, stage], [[value, target]], user)
                    self.assertRowRefused(result, 0)
                    self.assertEqual(lead.stage_id, self.new)

    def test_beyond_the_stage_into_won_too(self):
        lead = self.lead()
        for stage in (self.proposition, self.won):
            result = self.load([".id", "stage_id/.id"], [[str(lead.id), str(stage.id)]])
            self.assertRowRefused(result, 0)

    def test_only_the_row_that_moves_a_lead_is_named(self):
        good, bad = self.lead(**self.COMPLETE), self.lead()
        rows = [
            ["", "New", str(self.qualified.id)],
            [str(good.id), "Good", str(self.qualified.id)],
            [str(bad.id), "Bad", str(self.qualified.id)],
            ["", "Other", str(self.new.id)],
        ]
        self.assertRowRefused(self.load([".id", "name", "stage_id/.id"], rows), 2)
        self.assertEqual(good.stage_id, self.new)
        del rows[2]
        result = self.load([".id", "name", "stage_id/.id"], rows)
        self.assertFalse(result["messages"])
        self.assertEqual(good.stage_id, self.qualified)

    def test_two_refusals_of_leads_of_one_name_are_two_rows(self):
        leads = self.lead() | self.lead()
        rows = [[str(lead.id), str(self.qualified.id)] for lead in leads]
        result = self.load([".id", "stage_id/.id"], rows)
        self.assertEqual([message["rows"]["from"] for message in result["messages"]], [0, 1])

    def test_a_row_that_brings_the_answers_passes(self):
        lead = self.lead()
        header = [".id", "stage_id/.id", *self.COMPLETE]
        row = [str(lead.id), str(self.qualified.id), *self.COMPLETE.values()]
        self.assertFalse(self.load(header, [row])["messages"])
        self.assertEqual(lead.stage_id, self.qualified)

    @mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_model")
    def test_a_lead_that_the_same_file_has_just_created_is_there(self):
        rows = [["test.twice", "A", str(self.new.id)], ["test.twice", "A", str(self.won.id)]]
        self.assertRowRefused(self.load(["id", "name", "stage_id/.id"], rows), 1)

    def test_rows_of_contacts_that_bring_their_opportunities(self):
        lead = self.lead()
        contact = self.env["res.partner"].with_user(self.rep).create({"name": "Atlas"})
        result = contact.load(
            [".id", "opportunity_ids/.id", "opportunity_ids/stage_id/.id"],
            [[str(contact.id), str(lead.id), str(self.qualified.id)]],
        )
        self.assertIn("Timing", result["messages"][0]["message"])
        self.env.invalidate_all()
        self.assertEqual(lead.stage_id, self.new)

    def test_new_rows_and_rows_that_move_nothing_are_as_before(self):
        result = self.load(
            ["name", "stage_id/.id", "user_id/.id"],
            [["Old", str(self.won.id), str(self.rep.id)]],
        )
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertQuiet(lead)
        result = self.load([".id", "name"], [[str(lead.id), "Renamed"]])
        self.assertFalse(result["messages"])
        self.assertEqual(lead.name, "Renamed")

    def test_the_system_imports_as_before(self):
        lead = self.lead()
        leads = self.env["crm.lead"].with_user(self.rep).sudo()
        result = leads.load([".id", "stage_id/.id"], [[str(lead.id), str(self.won.id)]])
        self.assertFalse(result["messages"])
        self.assertQuiet(lead)


@tagged("post_install", "-at_install")
class TestGateNeverSilent(WaysCase):
    """T5: what a person puts behind the gate by stock's own ways is there, and told."""

    # -- creating --------------------------------------------------------------

    def test_created_in_a_late_stage(self):
        for stage in (self.qualified, self.proposition, self.won):
            self.assertTold(self.lead(stage_id=stage.id))

    def test_quick_create_of_a_column(self):
        leads = self.env["crm.lead"].with_user(self.rep)
        leads = leads.with_context(default_stage_id=self.qualified.id, default_type="opportunity")
        by_name = leads.browse(leads.name_create("Quick")[0])
        by_form = leads.browse(leads.web_save({"name": "Quick"}, {"id": {}})[0]["id"])
        for lead in (by_name, by_form):
            self.assertEqual(lead.stage_id, self.qualified)
            self.assertTold(lead)

    def test_defaults_of_the_user(self):
        self.env["ir.default"].set("crm.lead", "stage_id", self.qualified.id)
        lead = self.env["crm.lead"].with_user(self.rep).create({"name": "Quiet?"})
        self.assertTold(lead)

    def test_many_at_once_are_told_apart(self):
        basis = {"type": "opportunity", "user_id": self.rep.id}
        leads = (
            self.env["crm.lead"]
            .with_user(self.rep)
            .create(
                [
                    {"name": "Early", "stage_id": self.new.id, **basis},
                    {"name": "Late", "stage_id": self.qualified.id, **basis},
                    {"name": "Good", "stage_id": self.won.id, **basis, **self.COMPLETE},
                ]
            )
        )
        self.assertQuiet(leads[0])
        self.assertTold(leads[1])
        self.assertQuiet(leads[2])

    def test_the_owner_is_told_not_the_one_who_creates(self):
        lead = self.lead(user=self.manager, stage_id=self.qualified.id, user_id=self.rep.id)
        self.assertTold(lead)
        unowned = self.lead(user=self.manager, stage_id=self.qualified.id, user_id=False)
        self.assertTold(unowned, owner=self.manager)

    def test_commands_of_a_contact(self):
        contacts = self.env["res.partner"].with_user(self.rep)
        vals = {"name": "N", "type": "opportunity", "stage_id": self.qualified.id}
        contact = contacts.create({"name": "Atlas", "opportunity_ids": [Command.create(vals)]})
        self.assertTold(contact.opportunity_ids)
        lead = self.lead(partner_id=contact.id)
        update = Command.update(lead.id, {"stage_id": self.qualified.id})
        with self.assertRaises(GateRefused), self.cr.savepoint():
            contact.write({"opportunity_ids": [update]})

    def test_copied(self):
        late = self.lead(stage_id=self.qualified.id)
        self.assertQuiet(late.copy())  # in the first stage, as stock copies
        self.assertTold(late.copy({"stage_id": self.proposition.id}))
        self.assertTold(self.lead().with_context(default_stage_id=self.qualified.id).copy())
        complete = self.lead(stage_id=self.qualified.id, **self.COMPLETE)
        self.assertQuiet(complete.copy({"stage_id": self.qualified.id}))

    def test_created_complete_waived_or_where_no_gate_stands(self):
        self.assertQuiet(self.lead(stage_id=self.won.id, **self.COMPLETE))
        self.assertQuiet(self.lead())
        for mode in ("warn", "off"):
            self.gate.mode = mode
            self.assertQuiet(self.lead(stage_id=self.qualified.id))

    def test_the_system_forms_and_the_gateway_are_as_before(self):
        values = {"name": "S", "type": "opportunity", "stage_id": self.qualified.id}
        self.assertQuiet(self.env["crm.lead"].with_user(self.rep).sudo().create(values))
        self.assertQuiet(
            self.env["crm.lead"].with_user(self.env.ref("base.user_root")).create(values)
        )

    # -- converting --------------------------------------------------------------

    def test_converted_in_a_late_stage(self):
        lead = self.lead(type="lead")
        lead.sudo().stage_id = self.qualified
        lead.convert_opportunity(self.env["res.partner"])
        self.assertEqual((lead.type, lead.stage_id), ("opportunity", self.qualified))
        self.assertTold(lead)

    def test_converted_by_the_dialogs(self):
        for model in ("crm.lead2opportunity.partner", "crm.lead2opportunity.partner.mass"):
            lead = self.lead(type="lead", user=self.manager, email_from=f"{model}@atlas.ma")
            lead.sudo().stage_id = self.qualified
            context = {"active_model": "crm.lead", "active_id": lead.id, "active_ids": lead.ids}
            wizards = self.env[model].with_user(self.manager).with_context(**context)
            values = {"name": "convert", "action": "create", "user_id": self.manager.id}
            wizard = wizards.create(
                {"lead_id": lead.id, **values} if "mass" not in model else values
            )
            (wizard.action_mass_convert if "mass" in model else wizard.action_apply)()
            self.assertEqual(lead.type, "opportunity")
            self.assertTold(lead, owner=self.manager)

    def test_a_conversion_whose_first_stage_has_a_gate_goes_through(self):
        self.gate.stage_ids = self.new
        lead = self.lead(type="lead")
        lead.sudo().stage_id = False
        lead.convert_opportunity(self.env["res.partner"])
        self.assertEqual(lead.stage_id, self.new)
        self.assertTold(lead)

    # -- merging ------------------------------------------------------------------

    def test_merged_with_a_lead_that_came_in_late(self):
        early, late = self.lead(email_from="a@atlas.ma"), self.lead(email_from="a@atlas.ma")
        late.sudo().stage_id = self.qualified
        merged = (early | late).with_user(self.manager).merge_opportunity()
        self.assertEqual(merged.stage_id, self.qualified)
        self.assertTold(merged)

    def test_merged_with_a_lead_that_was_created_late(self):
        early = self.lead(email_from="a@atlas.ma")
        late = self.lead(email_from="a@atlas.ma", stage_id=self.qualified.id)
        merged = (early | late).with_user(self.manager).merge_opportunity()
        self.assertTold(merged, times=2)

    def test_merged_by_the_dialogs(self):
        for convert in (False, True):
            mail = f"{convert}@atlas.ma"
            early = self.lead(user=self.manager, email_from=mail, type="lead")
            late = self.lead(user=self.manager, email_from=mail)
            late.sudo().stage_id = self.qualified
            leads = early | late
            context = {"active_model": "crm.lead", "active_id": early.id, "active_ids": leads.ids}
            model = "crm.lead2opportunity.partner" if convert else "crm.merge.opportunity"
            wizards = self.env[model].with_user(self.manager).with_context(**context)
            if convert:
                wizard = wizards.create({"name": "merge", "lead_id": early.id})
                wizard.duplicated_lead_ids = leads
                wizard.action_apply()
            else:
                wizards.create({"opportunity_ids": leads.ids}).action_merge()
            merged = leads.exists()
            self.assertEqual((len(merged), merged.stage_id), (1, self.qualified))
            self.assertTold(merged, owner=self.manager)

    def test_a_merge_that_passes_is_quiet(self):
        early = self.lead(email_from="a@atlas.ma", **self.COMPLETE)
        late = self.lead(email_from="a@atlas.ma")
        late.sudo().stage_id = self.qualified
        self.assertQuiet((early | late).with_user(self.manager).merge_opportunity())

    def test_the_assignment_merges_quietly(self):
        early, late = self.lead(email_from="a@atlas.ma"), self.lead(email_from="a@atlas.ma")
        late.sudo().stage_id = self.qualified
        self.assertQuiet((early | late).sudo()._merge_opportunity())

    def test_our_own_merge_and_its_undo(self):
        kept, gone = self.lead(), self.lead()
        gone.sudo().stage_id = self.qualified
        merges = self.env["customer.sheet.merge"].with_user(self.manager)
        merge = merges.browse(merges.apply("crm.lead", kept.id, gone.ids, {})["merge"])
        self.assertEqual(kept.stage_id, self.new)
        merge.action_undo()
        self.env.invalidate_all()
        self.assertTrue(gone.active)
        self.assertTold(gone)

    # -- other ways -----------------------------------------------------------------

    def test_another_team_with_a_gate(self):
        guarded = self.env["crm.team"].create({"name": "Export"})
        free = self.env["crm.team"].create({"name": "Home"})
        self.gate.team_ids = guarded
        lead = self.lead(team_id=free.id)
        lead.stage_id = self.qualified
        self.assertQuiet(lead)
        lead.team_id = guarded
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertTold(lead)

    def test_another_team_whose_stages_are_its_own(self):
        """Odoo chooses a stage of the new team when the old one is not among them."""
        team, own = self.env["crm.team"].create([{"name": "Export"}, {"name": "Home"}])
        first = self.env["crm.stage"].create(
            {"name": "Asked", "sequence": self.new.sequence, "team_ids": own.ids}
        )
        (self.env["crm.stage"].search([]) - first - self.qualified).team_ids = own
        self.qualified.team_ids = team
        lead = self.lead(team_id=own.id, stage_id=first.id)
        lead.team_id = team
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertTold(lead)

    def test_a_detour_by_a_stage_of_the_own_team(self):
        team = self.env["crm.team"].create({"name": "Export"})
        self.won.sequence += 10
        for sequence in (self.qualified.sequence + 1, self.won.sequence + 10):
            own = self.env["crm.stage"].create(
                {"name": "Agreed", "sequence": sequence, "team_ids": team.ids}
            )
            lead = self.lead(team_id=team.id)
            lead.sudo().stage_id = own
            self.assertFalse(lead.sheet_gate_failing)
            for stage in (self.qualified, self.won):
                with self.assertRaises(GateRefused), self.cr.savepoint():
                    lead.stage_id = stage
                lead.invalidate_recordset()

    def test_a_detour_by_a_stage_of_the_same_sequence(self):
        beside = self.env["crm.stage"].create(
            {"name": "Beside", "sequence": self.qualified.sequence}
        )
        lead = self.lead()
        lead.stage_id = beside
        with self.assertRaises(GateRefused), self.cr.savepoint():
            lead.stage_id = self.proposition

    def test_team_and_stage_in_one_write(self):
        guarded = self.env["crm.team"].create({"name": "Export"})
        self.gate.team_ids = guarded
        lead = self.lead(team_id=self.env["crm.team"].create({"name": "Home"}).id)
        with self.assertRaises(GateRefused), self.cr.savepoint():
            lead.write({"team_id": guarded.id, "stage_id": self.qualified.id})

    def test_a_server_action_run_by_a_person(self):
        lead = self.lead()
        action = self.env["ir.actions.server"].create(
            {
                "name": "Qualify",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "state": "code",
                "code": f"records.write({{'stage_id': {self.qualified.id}}})",
                "group_ids": [],
            }
        )
        context = {"active_model": "crm.lead", "active_id": lead.id, "active_ids": lead.ids}
        with self.assertRaises(GateRefused), self.cr.savepoint():
            action.with_user(self.rep).with_context(**context).run()

    def test_many_leads_an_emptied_stage_and_resequencing(self):
        leads = self.lead() | self.lead()
        ways = (
            lambda: leads.write({"stage_id": self.qualified.id}),
            lambda: leads[0].web_save({"stage_id": self.qualified.id}, {"id": {}}),
            lambda: leads.web_save_multi([{"stage_id": self.qualified.id}] * 2, {"id": {}}),
            lambda: leads.web_resequence({}, field_name="stage_id", offset=self.qualified.id),
            lambda: (leads.write({"stage_id": False}), leads.write({"stage_id": self.won.id})),
            leads.action_set_won,
            leads[0].action_set_won_rainbowman,
        )
        for way in ways:
            with self.assertRaises(GateRefused), self.cr.savepoint():
                way()
            self.env.invalidate_all()
            self.assertEqual(leads.stage_id, self.new)

    # -- afterwards -------------------------------------------------------------------

    def test_it_moves_on_once_it_is_regularised(self):
        lead = self.lead(stage_id=self.qualified.id)
        self.assertTold(lead)
        lead.write({**self.COMPLETE, "stage_id": self.proposition.id})
        self.assertEqual(lead.stage_id, self.proposition)
        self.assertFalse(lead.sheet_gate_failing)

    def test_back_and_away_is_free(self):
        lead = self.lead(stage_id=self.proposition.id)
        lead.stage_id = self.qualified
        lead.stage_id = self.new
        with self.assertRaises(GateRefused), self.cr.savepoint():
            lead.stage_id = self.qualified

    def test_a_waiver_lets_it_move_on(self):
        lead = self.lead(stage_id=self.qualified.id)
        self.env["customer.sheet.gate.waiver"].with_user(self.manager).create(
            {"lead_id": lead.id, "gate_id": self.gate.id, "reason": "Framework contract"}
        )
        lead.stage_id = self.won
        self.assertEqual(lead.stage_id, self.won)

    def test_nobody_takes_the_mark_away(self):
        lead = self.lead(stage_id=self.qualified.id)
        lead.write({"sheet_gate_unasked_on": False})
        self.assertTold(lead)

    def test_telling_of_more_leads_costs_no_more_queries_of_ours(self):
        counts = {}
        for size in (2, 10, 60):  # the first one fills the caches
            leads = self.env["crm.lead"].create(
                [
                    {"name": f"L{n}", "type": "opportunity", "stage_id": self.won.id}
                    for n in range(size)
                ]
            )
            leads = leads.with_user(self.rep)
            finish_many(self)
            before = self.env.cr.sql_log_count
            leads._sheet_gate_came_in()
            self.env.flush_all()
            counts[size] = self.env.cr.sql_log_count - before
        self.assertEqual(counts[10], counts[60])


@tagged("post_install", "-at_install")
class TestGateWaysOverRpc(RpcCase):
    """T5: the same, as a browser or a program sends it."""

    def test_a_forged_import_and_a_forged_creation(self):
        gate = self.env.ref("crm_customer_sheet.gate_qualified")
        gate.mode = "enforce"
        stage = gate.stage_ids
        rep = person(self.env, "rep", "ways_rep")
        self.authenticate("ways_rep", "ways_rep")
        lead = self.env["crm.lead"].create({"name": "R", "type": "opportunity", "user_id": rep.id})
        context = {"import_file": True, "install_mode": True, "mail_create_nolog": True}
        result = self.call(
            "crm.lead", "load", [".id", "stage_id/.id"], [[lead.id, stage.id]], context=context
        )
        self.assertIn("Timing", result["messages"][0]["message"])
        values = {"name": "Forged", "type": "opportunity", "stage_id": stage.id}
        [lead_id] = self.call(
            "crm.lead", "create", [values], context={**context, "tracking_disable": True}
        )
        created = self.env["crm.lead"].browse(lead_id)
        self.assertTrue(created.sheet_gate_unasked_on)
        self.assertIn("Timing", "".join(created.message_ids.mapped("body")))
        self.assertEqual(created.activity_ids.user_id, rep)
