"""Data checks on a real database: killed half-way, and beside Odoo's own VAT check."""

from . import apps, scenario

CONTACTS = 30_000
FILL = f"""
    INSERT INTO res_partner (name, complete_name, email, phone, active, type, is_company,
                             color, partner_share, create_date, write_date)
    SELECT 'Contact ' || n, 'Contact ' || n, 'contact' || n || '@atlas',
           '06 12 34 56 78', true, 'contact', false, 0, true, now(), now()
      FROM generate_series(1, {CONTACTS}) n;
"""
CHECK = """
runs = env["customer.sheet.quality.run"]
runs.search([("state", "=", "running")]) or runs._start("res.partner", "changed")
env.cr.commit()
cron = env.ref("crm_customer_sheet.ir_cron_sheet_quality")
while runs.search_count([("state", "=", "running")]):
    cron.method_direct_trigger()
    env.cr.commit()
"""


class TestDataCheck(scenario.Scenario):
    def test_a_killed_check_loses_nothing(self):
        name = self.database()
        self.rows(name, FILL)
        process = scenario.start_shell(name, CHECK)
        self.wait(lambda: self.rows(name, "SELECT max(done) FROM customer_sheet_quality_run")[0][0])
        scenario.kill(process)
        [(checked,)] = self.rows(name, "SELECT sum(done) FROM customer_sheet_quality_run")
        self.assertGreater(CONTACTS, checked)
        scenario.shell(name, CHECK)
        left = "SELECT count(*) FROM res_partner WHERE email LIKE '%@atlas'"
        invalid = f"{left} AND sheet_email_status = 'invalid' AND sheet_missing ? 'email'"
        self.assertEqual(self.rows(name, invalid), [(CONTACTS,)])
        runs = "SELECT state, done >= %s FROM customer_sheet_quality_run"
        self.assertEqual(self.rows(name, runs, [CONTACTS]), [("done", True)])


class TestVatApp(scenario.Scenario):
    def test_vat_numbers_are_checked_beside_odoos_own_check(self):
        name = self.database(apps.template())
        scenario.install(name, "base_vat")
        client = self.server(name).client()
        [france] = client.call("res.country", "search", [["code", "=", "FR"]])
        values = {"name": "Atlas", "is_company": True, "country_id": france}
        good = {**values, "vat": "FR 40 303 265 045", "company_registry": "303 265 045"}
        [company] = client.call("res.partner", "create", [good])
        names = ["vat", "company_registry", "sheet_vat_status", "sheet_registry_status"]
        [found] = client.call("res.partner", "read", [company], names)
        self.assertEqual(
            [found[name] for name in names], ["FR40303265045", "303265045", "valid", "valid"]
        )
        with self.assertRaisesRegex(Exception, "VAT"):
            client.call("res.partner", "create", [{**values, "vat": "FR00303265045"}])
