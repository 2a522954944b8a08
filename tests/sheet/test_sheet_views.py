from lxml import etree

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

    def _run_filters(self, records, arch):
        """Search and group as the web client does with each of our filters."""
        filters = arch.xpath("//filter[contains(@name, 'sheet_')]")
        self.assertEqual(len(filters), 6)
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
