"""An import while its server dies: every row exactly once."""

from . import scenario

ROWS = 1600
IMPORT = """
import base64
user = env["res.users"].search([("login", "=", "admin")])
lines = ["question:name;question:email"]
lines += [f"Person{n} Family{n};person{n}@company-{n}.fr" for n in range(ROWS)]
imports = env["customer.sheet.import"].with_user(user)
content = base64.b64encode("\\n".join(lines).encode()).decode()
desk = imports.browse(imports.begin("people.csv", content, "crm.lead")["id"])
desk.look_through()
desk.check()
env["customer.sheet.import"]._go_on()
desk.run()
env.cr.commit()
"""
RUN = """
env["customer.sheet.import"]._go_on()
env.cr.commit()
"""
COUNTS = """
    SELECT (SELECT count(*) FROM customer_sheet_import_row WHERE outcome = 'done'),
           (SELECT count(DISTINCT lead_id) FROM customer_sheet_import_row),
           (SELECT count(*) FROM crm_lead WHERE email_from LIKE 'person%@company-%.fr'),
           (SELECT count(DISTINCT email_from) FROM crm_lead
             WHERE email_from LIKE 'person%@company-%.fr')
"""


class TestImport(scenario.Scenario):
    def test_a_killed_server_loses_and_doubles_no_row(self):
        name = self.database()
        scenario.shell(name, IMPORT.replace("ROWS", str(ROWS)))
        for imported in (1, 1000):
            process = scenario.start_shell(name, RUN)
            self.wait(lambda many=imported: self.rows(name, COUNTS)[0][0] >= many)
            scenario.kill(process)
            counts = self.rows(name, COUNTS)[0]
            self.assertEqual(len(set(counts)), 1)
        scenario.shell(name, RUN)
        self.assertEqual(self.rows(name, COUNTS), [(ROWS,) * 4])
