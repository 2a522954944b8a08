"""Rooms in use: what is switched off vanishes, its data stay, and it all comes back."""

from lxml import etree

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from ...models.sheet.life import LISTENERS
from ...models.sheet.rooms import ROOMS
from ..upkeep import do_chore

MODULE = "crm_customer_sheet"
#: What stays whatever is in use: who exported, and what is forgotten.
KEPT_MENUS = {"customer_sheet_export_log_menu", "customer_sheet_forgotten_menu"}
#: Chores that delete what is too old, keep a promise, or finish what was begun.
KEPT_CHORES = {
    *("consent_expired", "consent_seal", "consent_links", "merge_purge", "digest"),
    *("landing", "drafts", "submissions", "import", "import_files"),
    *("retention", "restriction_end", "erasures", "erasure_replay", "erasure_register"),
    *("request_arrivals", "request_names", "answers", "searches"),
}
VIEWS = {
    "crm.lead": ("form", "list", "search", "kanban"),
    "res.partner": ("form", "list", "search", "kanban"),
    "customer.sheet.segment": ("form",),
}


class RoomsCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "rooms_manager",
            f"sales_team.group_sale_manager,{MODULE}.group_sheet_privacy",
        )
        cls.addClassCleanup(cls.registry.clear_all_caches)

    def switch(self, **rooms):
        """Switch rooms as Settings does."""
        values = {f"sheet_room_{code}": is_on for code, is_on in rooms.items()}
        self.env["res.config.settings"].create(values).set_values()

    def menus(self):
        loaded = self.env["ir.ui.menu"].with_user(self.manager).load_menus(False)
        return {menu.get("xmlid", "").removeprefix(f"{MODULE}.") for menu in loaded.values()}

    def actions(self):
        """Return the ids of what the manager finds in the gear menu of the hosts."""
        bound = self.env["ir.actions.actions"].with_user(self.manager)
        kinds = [bound.get_bindings(host).values() for host in VIEWS]
        return {action["id"] for actions in kinds for each in actions for action in each}

    def names(self):
        """Return the names of all nodes that the manager gets in the views of the hosts."""
        found = set()
        for host, kinds in VIEWS.items():
            model = self.env[host].with_user(self.manager)
            for kind in kinds:
                views = model.with_context(sheet_page_view_ref="whole")
                arch = etree.fromstring(views.get_view(view_type=kind)["arch"])
                found |= set(arch.xpath("//@name"))
        return found


@tagged("post_install", "-at_install")
class TestRoomsInUse(RoomsCase):
    def test_rooms_name_what_there_is(self):
        chores = self.env["customer.sheet.chore"]._by_code()
        menus = self.menus()
        names = self.names()
        for room in ROOMS.values():
            with self.subTest(room.code):
                self.assertEqual(set(room.menus) - menus, set())
                self.assertEqual(set(room.nodes) - names, set())
                self.assertEqual(set(room.listeners) - LISTENERS.keys(), set())
                self.assertEqual(set(room.chores) - chores.keys(), set())
                self.assertEqual(set(room.needs) - ROOMS.keys(), set())
                for cron in room.crons:
                    self.assertTrue(self.env.ref(f"{MODULE}.{cron}").active)

    def test_what_is_off_vanishes_and_comes_back(self):
        menus, names, actions = self.menus(), self.names(), self.actions()
        asked = self.env["customer.sheet.control"]._asked()
        rooms = ROOMS.values()
        self.switch(**dict.fromkeys(ROOMS, False))
        self.assertEqual(menus - self.menus(), {name for room in rooms for name in room.menus})
        gone = {self.env.ref(f"{MODULE}.{a}").id for room in rooms for a in room.actions}
        self.assertEqual(actions - self.actions(), gone & actions)  # some need a right to export
        gone = {name for room in rooms for name in room.nodes}
        self.assertEqual(self.names() & gone, set())
        crons = [self.env.ref(f"{MODULE}.{cron}") for room in rooms for cron in room.crons]
        self.assertFalse(any(cron.active for cron in crons))
        left = self.env["customer.sheet.control"]._asked()
        theirs = {each.code for each in left._controls() if each.room}
        self.assertEqual({each.code for each in asked - left}, theirs)

        self.switch(**dict.fromkeys(ROOMS, True))
        self.assertEqual(self.menus(), menus)
        self.assertEqual(self.names(), names)
        self.assertEqual(self.actions(), actions)
        self.assertTrue(all(cron.active for cron in crons))
        self.assertEqual(self.env["customer.sheet.control"]._asked(), asked)

    def test_one_room_takes_no_other_along(self):
        menus = self.menus()
        self.switch(routing=False)
        self.assertEqual(menus - self.menus(), set(ROOMS["routing"].menus))

    def home(self, model):
        """Return the folder of the room that makes a model."""
        for layer in reversed(type(self.env[model]).__mro__):
            if getattr(layer, "_name", "") == model and ".models." in layer.__module__:
                return layer.__module__.partition(".models.")[2].partition(".")[0]
        return ""

    def test_no_menu_and_no_chore_of_a_room_is_forgotten(self):
        menus = {name for room in ROOMS.values() for name in room.menus}
        chores = {code for room in ROOMS.values() for code in room.chores}
        ours = [("module", "=", MODULE), ("model", "=", "ir.ui.menu")]
        for name in self.env["ir.model.data"].search(ours):
            action = self.env["ir.ui.menu"].browse(name.res_id).action
            model = action and "res_model" in action._fields and action.res_model
            if model and self.home(model) in ROOMS and name.name not in KEPT_MENUS:
                self.assertIn(name.name, menus, "which room is it of?")
        for chore in self.env["customer.sheet.chore"]._chores():
            if self.home(chore.model) in ROOMS and chore.code not in KEPT_CHORES:
                self.assertIn(chore.code, chores, "does it rest while its room is off?")

    def test_its_figures_vanish_and_keep_their_history(self):
        kpis = self.env["customer.sheet.kpi"]
        kpis._declare()
        shown = [("is_declared", "=", True)]
        before = kpis.search(shown)
        self.switch(duplicates=False, collection=False, consent=False)
        gone = before - kpis.search(shown)
        self.assertIn("duplicates_contacts", gone.mapped("code"))
        self.assertTrue(all(k.code.startswith(("opt_in", "duplic", "new_dup")) for k in gone))
        self.assertNotIn("duplicates_contacts", gone.mapped("name"))  # a title still
        self.switch(duplicates=True, collection=True, consent=True)
        self.assertEqual(kpis.search(shown), before)

    def test_its_chores_rest(self):
        chores = self.env["customer.sheet.chore"]
        self.switch(consent=False)
        self.assertNotIn("consent_reminders", chores._due("prompt").mapped("code"))
        self.assertIn("consent_links", chores._due("prompt").mapped("code"))
        self.switch(consent=True)
        self.assertIn("consent_reminders", chores._due("prompt").mapped("code"))

    def test_what_needs_it_is_named(self):
        with self.assertRaisesRegex(ValidationError, "Forms, imports and registers.*Duplicates"):
            self.switch(duplicates=False)

    # -- costs -------------------------------------------------------------------

    def test_nothing_is_compared_without_duplicates(self):
        self.switch(duplicates=False, collection=False)
        lead = self.env["crm.lead"].create({"name": "A", "email_from": "a@atlas.example.com"})
        lead._sheet_match_flush()
        keys = self.env["customer.sheet.match.key"]
        self.assertFalse(keys.search([("lead_id", "=", lead.id)]))
        self.assertFalse(self.env["customer.sheet.match.dirty"].search([("node", "=", -lead.id)]))

    def test_no_rule_looks_without_routing(self):
        owner = new_test_user(self.env, "rooms_owner", "sales_team.group_sale_salesman")
        self.env["customer.sheet.routing.rule"].search([]).is_on = False
        rule = self.env["customer.sheet.routing.rule"].create(
            {"name": "All", "trigger": "created", "strategy": "fixed", "user_id": owner.id}
        )
        rule.is_on = True
        self.switch(routing=False)
        values = {"name": "A", "user_id": False}
        self.assertFalse(self.env["crm.lead"].create(values).user_id)
        self.switch(routing=True)
        self.assertEqual(self.env["crm.lead"].create(values).user_id, owner)

    def test_sequences_that_run_are_ended(self):
        sequences = self.env["customer.sheet.sequence"].with_context(active_test=False)
        sequence = sequences.search([("step_ids", "!=", False)], limit=1)
        lead = self.env["crm.lead"].create({"name": "A"})
        enrolment = self.env["customer.sheet.sequence.enrolment"].create(
            {
                "lead_id": lead.id,
                "sequence_id": sequence.id,
                "step_id": sequence.step_ids[:1].id,
            }
        )
        self.switch(sequences=False)
        self.assertEqual(enrolment.state, "stopped")
        self.assertFalse(lead.sheet_glance({}).get("sheet_sequences"))

    def test_what_people_said_is_respected_without_consents(self):
        partner = self.env["res.partner"].create({"name": "Ada", "email": "ada@example.com"})
        partner._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "refused"}],
            method="phone",
            label="No",
        )
        self.assertTrue(partner.sheet_glance({}).get("sheet_consents"))
        self.switch(consent=False)
        self.assertFalse(partner.sheet_glance({}).get("sheet_consents"))
        self.assertFalse(partner.can_contact("prospecting", "email")["allowed"])

    def test_who_was_erased_or_restricted_stays_so_without_the_privacy_desk(self):
        partner = self.env["res.partner"].create({"name": "Ada", "email": "ada@example.com"})
        partner._sheet_restrict("claims")
        self.switch(privacy=False)
        rep = new_test_user(self.env, "rooms_rep", "sales_team.group_sale_salesman_all_leads")
        self.assertFalse(partner.with_user(rep).search([("id", "=", partner.id)]))
        self.assertFalse(partner.can_contact("prospecting", "email")["allowed"])

    def test_what_looks_at_all_rooms_does_without_those_that_are_off(self):
        lead = self.env["crm.lead"].create({"name": "A", "email_from": "a@atlas.example.com"})
        partner = self.env["res.partner"].create({"name": "Ada", "email": "ada@example.com"})
        self.switch(**dict.fromkeys(ROOMS, False))
        for record in (lead, partner):
            record = record.with_user(self.manager)
            self.assertFalse(record.sheet_brief()["may"])
            self.assertIn("lines", record.sheet_journal())
            for kind in ("sheet", "blanks", "customer"):
                self.assertTrue(record._sheet_printed(kind)["title"])

    def test_a_chore_of_the_upkeep_still_succeeds(self):
        self.switch(**dict.fromkeys(ROOMS, False))
        do_chore(self, "controls")


@tagged("post_install", "-at_install")
class TestFormsAreClosed(HttpCase):
    def test_the_page_of_requests_is_closed_without_the_privacy_desk(self):
        way = self.env.ref(f"{MODULE}.portal_my_home_privacy")
        for is_on, status in ((False, 404), (True, 200)):
            self.env["res.config.settings"].create({"sheet_room_privacy": is_on}).set_values()
            self.assertEqual(self.url_open("/customer_sheet/privacy").status_code, status)
            self.assertEqual(way.active, is_on)

    def test_a_form_is_closed_without_collection(self):
        form = self.env["customer.sheet.form"].search([("use", "=", "public")], limit=1)
        if not form.version_id:
            form._publish()
        self.assertEqual(self.url_open(f"/customer_sheet/form/{form.slug}").status_code, 200)
        values = {"sheet_room_collection": False}
        self.env["res.config.settings"].create(values).set_values()
        self.assertEqual(self.url_open(f"/customer_sheet/form/{form.slug}").status_code, 404)
