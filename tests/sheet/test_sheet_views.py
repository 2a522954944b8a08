from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

EXTENDED = {
    "res.partner": [
        ("base.view_partner_form", "form"),
        ("base.view_partner_tree", "list"),
        ("base.res_partner_kanban_view", "kanban"),
        ("base.view_res_partner_filter", "search"),
    ],
    "crm.lead": [
        ("crm.crm_lead_view_form", "form"),
        ("crm.crm_case_tree_view_leads", "list"),
        ("crm.crm_case_tree_view_oppor", "list"),
        ("crm.view_crm_lead_kanban", "kanban"),
        ("crm.crm_case_kanban_view_leads", "kanban"),
        ("crm.view_crm_case_leads_filter", "search"),
        ("crm.view_crm_case_opportunities_filter", "search"),
    ],
}
#: Filters and groups of ours in each search view.
FILTERS = {"res.partner": 32, "crm.lead": 42}


@tagged("post_install", "-at_install")
class TestSheetViews(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep = new_test_user(cls.env, "views_rep", groups="sales_team.group_sale_salesman")
        cls.clerk = new_test_user(
            cls.env, "views_clerk", groups="base.group_user,base.group_partner_manager"
        )

    def test_sheet_users_see_the_completeness(self):
        for model, xmlid, view_type in self._views():
            arch = self._arch(self.rep, model, xmlid, view_type)
            self.assertTrue(arch.xpath("//field[starts-with(@name, 'sheet_')]"), xmlid)

    def test_other_internal_users_see_nothing_of_it(self):
        for _model, xmlid, view_type in self._views("res.partner"):
            arch = self._arch(self.clerk, "res.partner", xmlid, view_type)
            self.assertFalse(arch.xpath("//*[starts-with(@name, 'sheet_')][not(self::div)]"), xmlid)
            self.assertFalse(arch.xpath("//*[@name='customer_sheet']"), xmlid)
            self.assertNotIn("sheet_", "".join(arch.xpath("//@domain | //@context")))

    def test_stock_company_type_still_shows(self):
        arch = self._arch(self.clerk, "res.partner", "base.view_partner_form", "form")
        self.assertEqual(len(arch.xpath("//sheet//field[@name='company_type']")), 1)

    def test_quick_create_is_stock(self):
        arch = self._arch(self.rep, "crm.lead", "crm.quick_create_opportunity_form", "form")
        self.assertFalse(arch.xpath("//field[starts-with(@name, 'sheet_')]"))

    def test_filters_and_groups_run(self):
        for model, xmlid, view_type in self._views():
            if view_type == "search":
                arch = self._arch(self.rep, model, xmlid, view_type)
                self._run_filters(self.env[model].with_user(self.rep), arch)

    def test_lists_load_two_columns_of_ours_at_most_and_none_that_is_hidden(self):
        for model, xmlid, view_type in self._views():
            if view_type not in ("list", "kanban"):
                continue
            arch = self._arch(self.rep, model, xmlid, view_type)
            own = arch.xpath("//field[starts-with(@name, 'sheet_')]")
            names = [node.get("name") for node in own]
            self.assertLessEqual(set(names), {"sheet_completeness", "sheet_next_action"}, xmlid)
            for node in own:
                hidden = {"invisible", "column_invisible"} & set(node.keys())
                self.assertFalse(hidden or node.get("optional") == "hide", names)

    def test_what_lists_do_not_show_is_found_grouped_and_exported(self):
        for name in ("sheet_score", "sheet_deadline", "sheet_mql_at", "sheet_qualified_at"):
            described = self.env["crm.lead"].with_user(self.rep).fields_get([name])[name]
            for use in ("searchable", "groupable", "exportable"):
                self.assertTrue(described[use], (name, use))

    def test_pivot_and_graph_take_completeness_and_groups(self):
        groups = ["sheet_band", "sheet_sector", "sheet_source_id", "sheet_segment_id"]
        for model in EXTENDED:
            records = self.env[model].with_user(self.rep)
            described = records.fields_get()
            self.assertEqual(described["sheet_completeness"]["aggregator"], "avg")
            for name in groups:
                self.assertTrue(described[name]["groupable"], name)
            sets = records.formatted_read_grouping_sets(
                [], [[], *([name] for name in groups), groups], ["sheet_completeness:avg"]
            )
            self.assertEqual(len(sets), len(groups) + 2)

    def test_a_deadline_is_soon_or_passed(self):
        filters = self._filters("crm.view_crm_case_opportunities_filter")
        today = fields.Date.context_today(self.rep)
        leads = self.env["crm.lead"].with_user(self.rep)
        for days, expected in ((-1, "passed"), (0, "soon"), (30, "soon"), (31, None)):
            lead = leads.sudo().create(
                {"name": f"In {days} days", "sheet_deadline": today + timedelta(days)}
            )
            lead = lead.with_user(self.rep)
            for name in ("soon", "passed"):
                domain = [*filters[f"sheet_deadline_{name}"], ("id", "=", lead.id)]
                self.assertEqual(bool(leads.search(domain)), name == expected, lead.name)

    def test_budget_bands_leave_no_hole_and_do_not_overlap(self):
        filters = self._filters("crm.view_crm_case_opportunities_filter")
        leads = self.env["crm.lead"].with_user(self.rep)
        bands = {9999.99: "small", 10000: "medium", 50000: "medium", 50000.01: "large", 0: None}
        for amount, expected in bands.items():
            lead = leads.create({"name": f"Budget {amount}", "sheet_budget_max": amount})
            for name in ("small", "medium", "large"):
                domain = [*filters[f"sheet_budget_{name}"], ("id", "=", lead.id)]
                self.assertEqual(bool(leads.search(domain)), name == expected, lead.name)

    def _filters(self, xmlid):
        arch = self._arch(self.rep, "crm.lead", xmlid, "search")
        nodes = arch.xpath("//filter[contains(@name, 'sheet_')][@domain]")
        return {node.get("name"): safe_eval(node.get("domain")) for node in nodes}

    def _run_filters(self, records, arch):
        """Search and group as the web client does with each of our filters."""
        filters = arch.xpath("//filter[contains(@name, 'sheet_')]")
        self.assertEqual(len(filters), FILTERS[records._name])
        for node in filters:
            group = safe_eval(node.get("context", "{}")).get("group_by")
            if group:
                records.formatted_read_group([], [group], ["sheet_completeness:avg"])
            else:
                records.search(safe_eval(node.get("domain")), limit=1)

    def _views(self, *models):
        for model in models or EXTENDED:
            for xmlid, view_type in EXTENDED[model]:
                yield model, xmlid, view_type

    def _arch(self, user, model, xmlid, view_type):
        view_id = self.env.ref(xmlid).id
        return etree.fromstring(
            self.env[model].with_user(user).get_view(view_id, view_type)["arch"]
        )
