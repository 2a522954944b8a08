"""Menus: few, each once, and a way to what has no menu of its own."""

from collections import Counter

from lxml import etree

from odoo.tests import TransactionCase, new_test_user, tagged

from .walk_common import MODULE, ROLES

#: The menus, and who sees each: a folder or an app is seen by whoever sees something in it.
SEEN = {
    "customer_sheet_menu_root": "rep steward privacy boss",
    "customer_sheet_segment_menu": "rep steward boss",
    "customer_sheet_kpi_menu": "rep steward privacy boss",
    "customer_sheet_control_menu": "steward privacy boss",
    "customer_sheet_submission_menu": "steward boss",
    "customer_sheet_quality_run_menu": "steward boss",
    "customer_sheet_duplicate_queue_menu": "steward boss",
    "customer_sheet_merge_menu": "steward boss",
    "customer_sheet_review_menu": "steward privacy boss",
    "customer_sheet_email_domain_menu": "steward boss",
    "customer_sheet_menu_consent": "privacy",
    "customer_sheet_consent_event_menu": "privacy",
    "customer_sheet_consent_state_menu": "privacy",
    "customer_sheet_consent_subject_menu": "privacy",
    "customer_sheet_menu_privacy": "privacy boss",
    "customer_sheet_desk_menu": "privacy",
    "customer_sheet_request_menu": "privacy",
    "customer_sheet_breach_menu": "privacy",
    "customer_sheet_erasure_menu": "privacy boss",
    "customer_sheet_search_menu": "privacy",
    "customer_sheet_sensitive_finding_menu": "privacy",
    "customer_sheet_export_log_menu": "privacy",
    "customer_sheet_consent_notice_menu": "privacy boss",
    "customer_sheet_consent_purpose_menu": "privacy boss",
    "customer_sheet_sensitive_term_menu": "privacy boss",
    "customer_sheet_retention_menu": "privacy",
    "customer_sheet_place_menu": "privacy",
    "customer_sheet_processing_menu": "privacy",
    "customer_sheet_forgotten_menu": "rep steward boss",
    "customer_sheet_fill_menu": "rep steward boss",
    "customer_sheet_paste_menu": "rep steward boss",
    "customer_sheet_import_menu": "rep steward boss",
    "customer_sheet_menu_config": "boss",
    "customer_sheet_question_menu": "boss",
    "customer_sheet_option_menu": "boss",
    "customer_sheet_form_menu": "boss",
    "customer_sheet_capture_menu": "rep steward boss",
    "customer_sheet_menu_config_qualification": "boss",
    "customer_sheet_gate_menu": "boss",
    "customer_sheet_score_factor_menu": "boss",
    "customer_sheet_playbook_menu": "boss",
    "customer_sheet_menu_config_follow_up": "boss",
    "customer_sheet_routing_rule_menu": "boss",
    "customer_sheet_sequence_menu": "boss",
    "customer_sheet_menu_config_duplicates": "boss",
    "customer_sheet_match_rule_menu": "boss",
}

#: What has no menu: the place whose lists have a button to it, and whose it is.
BUTTONS = {
    "res_partner_action_quality": ("customer_sheet_quality_run_menu", "steward boss"),
    "crm_lead_action_quality": ("res_partner_action_quality", "steward boss"),
    "customer_sheet_match_shared_action": ("customer_sheet_duplicate_queue_menu", "steward boss"),
    "customer_sheet_merge_run_action": ("customer_sheet_merge_menu", "steward boss"),
    "customer_sheet_consent_seal_action": ("customer_sheet_consent_event_menu", "privacy"),
    "customer_sheet_consent_check_action": ("customer_sheet_consent_seal_action", "privacy"),
    "customer_sheet_processor_action": ("customer_sheet_processing_menu", "privacy"),
    "customer_sheet_processing_version_action": ("customer_sheet_processing_menu", "privacy"),
    "customer_sheet_regime_action": ("customer_sheet_request_menu", "privacy"),
    "customer_sheet_sequence_enrolment_action": (
        "customer_sheet_forgotten_menu",
        "rep steward boss",
    ),
    "customer_sheet_catalogue_version_action": ("customer_sheet_question_menu", "boss"),
    "customer_sheet_question_figure_action": ("customer_sheet_question_menu", "boss"),
    "customer_sheet_segment_count_action": ("customer_sheet_segment_menu", "steward boss"),
    "customer_sheet_gate_waiver_action": ("customer_sheet_gate_menu", "boss"),
    "customer_sheet_routing_trace_action": ("customer_sheet_routing_rule_menu", "boss"),
    "customer_sheet_retention_rule_action": ("customer_sheet_retention_menu", "privacy"),
    "customer_sheet_charter_action": ("customer_sheet_review_menu", "steward privacy boss"),
}

#: What is a filter of a list that everybody has, and not a menu.
FILTERS = {
    "crm.view_crm_case_opportunities_filter": (
        "sheet_no_next_action",
        "sheet_overdue_next_action",
        "sheet_doubtful",
        "sheet_in_sequence",
    ),
    "crm.view_crm_case_leads_filter": (
        "sheet_no_next_action",
        "sheet_overdue_next_action",
        "sheet_doubtful",
        "sheet_in_sequence",
    ),
    "base.view_res_partner_filter": ("sheet_doubtful",),
}


@tagged("post_install", "-at_install")
class TestWalkMenus(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"menu_{role}", groups=groups)
            for role, groups in ROLES.items()
        }
        cls.users["outsider"] = new_test_user(cls.env, "menu_outsider", groups="base.group_user")

    def ours(self, name):
        return self.env.ref(f"{MODULE}.{name}")

    def test_at_most_forty_one_menus(self):
        of_ours = [("module", "=", MODULE), ("model", "=", "ir.ui.menu")]
        names = self.env["ir.model.data"].search(of_ours).mapped("name")
        self.assertLessEqual(len(names), 47)
        self.assertEqual(set(names), set(SEEN))

    def test_each_action_has_one_menu(self):
        actions = Counter(self.ours(name).action for name in SEEN if self.ours(name).action)
        self.assertEqual([action.name for action, count in actions.items() if count > 1], [])

    def test_each_menu_is_seen_by_those_whose_it_is(self):
        for role, user in self.users.items():
            loaded = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            seen = {menu.get("xmlid", "").removeprefix(f"{MODULE}.") for menu in loaded.values()}
            whose = {name for name, roles in SEEN.items() if role in roles.split()}
            self.assertEqual(seen & set(SEEN), whose, role)

    def test_what_has_no_menu_has_a_button(self):
        for name, (place, roles) in BUTTONS.items():
            button = f"header/button[@name='{self.ours(name).id}'][@display='always']"
            for role in roles.split():
                for kind, arch in self.lists(place, role):
                    self.assertTrue(arch.xpath(button), (name, role, kind))

    def lists(self, place, role):
        """Yield the list of a place as users of a role get it, and the cards if they are ours."""
        action = self.ours(place)
        if action._name == "ir.ui.menu":
            self.assertIn(role, SEEN[place].split())
            action = action.action
        model = self.env[action.res_model].with_user(self.users[role])
        kinds = ("list", "kanban") if "customer.sheet." in model._name else ("list",)
        for view_id, kind in action.views:
            if kind in kinds:
                yield kind, etree.fromstring(model.get_view(view_id, kind)["arch"])

    def test_what_has_no_menu_still_has_an_address(self):
        for name, (_place, roles) in BUTTONS.items():
            for role in roles.split():
                actions = self.env["ir.actions.act_window"].with_user(self.users[role])
                action = actions._for_xml_id(f"{MODULE}.{name}")
                self.assertTrue(
                    self.env[action["res_model"]].with_env(actions.env).has_access("read")
                )

    def test_what_is_a_filter_is_a_filter(self):
        for view, filters in FILTERS.items():
            view = self.env.ref(view)
            model = self.env[view.model].with_user(self.users["rep"])
            arch = etree.fromstring(model.get_view(view.id, "search")["arch"])
            names = set(arch.xpath("//filter/@name"))
            self.assertEqual(set(filters) - names, set(), view.name)
