"""Nothing of ours is left behind."""

from . import catalogue, scenario
from .test_consent_ledger import PEOPLE

# Odoo itself moves these on any install, or leaves rows behind for any module:
MOVING_TABLES = {
    "ir_attachment",
    "ir_cron_trigger",
    "ir_model_constraint",  # the foreign keys of columns that a module added
    "ir_model_data",  # compared by name, in the catalogue
    "orm_signaling_registry",
}
#: What the ledger of consents leaves behind.
READ_EXPORT = """
import gzip
found = env["ir.attachment"].search(
    [("name", "=like", "consent_ledger_%"), ("res_model", "=", "res.company")]
)
lines = [json.loads(line) for line in gzip.decompress(found.raw).decode().splitlines()]
tell([line.get("hash") for line in lines])
"""
#: What people make with the fields of whatever is installed.
MADE = """
partner_form = env.ref("base.view_partner_form").id
arch = "<field name='name' position='after'><field name='sheet_reference'/></field>"
env["ir.ui.view"].create({"name": "Theirs", "model": "res.partner", "inherit_id": partner_form,
    "arch": arch})
env["ir.filters"].create({"name": "Theirs", "model_id": "crm.lead", "user_ids": False,
    "domain": "[('sheet_typology', '=', 'b2b')]", "is_default": True})
env["ir.filters"].create({"name": "Without ours", "model_id": "crm.lead", "user_ids": False,
    "domain": "[('id', '!=', 0), ('display_name', '!=', False)]"})
env["crm.team"].search([]).assignment_domain = "[('sheet_typology', '=', 'b2b')]"
link = {"model": "res.partner", "model_id": env["ir.model"]._get_id("res.partner"),
    "state": "manual"}
env["ir.model.fields"].create([
    {**link, "name": "x_option_ids", "ttype": "many2many", "relation": "customer.sheet.option"},
    {**link, "name": "x_reference", "ttype": "char", "related": "sheet_reference"}])
env.cr.commit()
"""
#: What stock does with what is left of that.
STOCK = """
from odoo.tests import Form
Form(env["res.partner"])
env["crm.team"].search([])._action_assign_leads()
tell([each["name"] for each in env["ir.filters"].get_filters("crm.lead")])
"""


class TestUninstall(scenario.Scenario):
    def test_uninstall_leaves_the_database_as_it_was(self):
        stock, name = self.dependencies_database(), self.database()
        log = scenario.uninstall(name)
        self.assertNotIn(" ERROR ", log)
        with self.connect(stock).cursor() as before, self.connect(name).cursor() as after:
            self._check_same_objects(before, after)
            self._check_same_rows(before, after)
        self._check_stock_forms_open(name)

    def test_uninstall_with_data_logs_no_error(self):
        """C4: values that records hold are let go, not fought for one by one.

        D2: consents are evidence that outlives the module: as a file.
        """
        name = self.demo_database()
        scenario.shell(name, PEOPLE + MADE)
        given = "SELECT hash FROM customer_sheet_consent_event WHERE state = 'given'"
        known = [each for (each,) in self.rows(name, f"{given} ORDER BY id DESC LIMIT 3")]
        self.assertNotIn(" ERROR ", scenario.uninstall(name))
        self.assertLessEqual({*known}, {*scenario.told(name, READ_EXPORT)})
        self.assertEqual(scenario.told(name, STOCK), ["Without ours"])
        functions = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'customer_sheet%'"
        self.assertEqual(self.rows(name, functions), [(0,)])
        self._check_stock_forms_open(name)

    def _check_same_objects(self, before, after):
        stock, left = catalogue.dump(before), catalogue.dump(after)
        self.assertEqual(sorted(left - stock), [], "left behind")
        self.assertEqual(sorted(stock - left), [], "taken away")

    def _check_same_rows(self, before, after):
        stock, left = catalogue.counts(before), catalogue.counts(after)
        changed = {
            table: (count, left[table])
            for table, count in stock.items()
            if left[table] != count and table not in MOVING_TABLES
        }
        self.assertEqual(changed, {}, "rows before the install and after the uninstall")

    def _check_stock_forms_open(self, name):
        client = self.server(name, workers=0).client()
        views = [[False, "list"], [False, "kanban"], [False, "form"], [False, "search"]]
        for model in ("crm.lead", "res.partner"):
            result = client.call(model, "get_views", views)
            self.assertEqual(len(result["views"]), len(views))
            found = client.call(model, "search", [], limit=1)
            fields = {field: {} for field in result["models"][model]["fields"]}
            client.call(model, "web_read", found, specification=fields)
