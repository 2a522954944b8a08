"""An import while its server dies: every row exactly once, read, imported and taken back."""

from . import scenario

READ, ROWS = 40_000, 1600
BEGIN = """
import base64
user = env["res.users"].search([("login", "=", "admin")])
lines = ["question:name;question:email"]
lines += [f"Person{n} Family{n};person{n}@company-{n}.fr" for n in range(ROWS)]
imports = env["customer.sheet.import"].with_user(user)
content = base64.b64encode("\\n".join(lines).encode()).decode()
desk = imports.browse(imports.begin("people.csv", content, "crm.lead")["id"])
desk.look_through()
env.cr.commit()
"""
IMPORT = f"""{BEGIN}
desk.check()
env["customer.sheet.import"]._go_on()
desk.run()
env.cr.commit()
"""
TAKE_BACK = """
user = env["res.users"].search([("login", "=", "admin")])
env["customer.sheet.import"].with_user(user).search([("state", "=", "done")]).take_back()
env.cr.commit()
"""
RUN = """
env["customer.sheet.import"]._go_on()
env.cr.commit()
"""
LINES = "SELECT count(*), count(DISTINCT line) FROM customer_sheet_import_row"
COUNTS = """
    SELECT (SELECT count(*) FROM customer_sheet_import_row WHERE outcome = 'done'),
           (SELECT count(DISTINCT lead_id) FROM customer_sheet_import_row),
           (SELECT count(*) FROM crm_lead WHERE email_from LIKE 'person%@company-%.fr'),
           (SELECT count(DISTINCT email_from) FROM crm_lead
             WHERE email_from LIKE 'person%@company-%.fr')
"""
UNDONE = """
    SELECT (SELECT count(*) FROM customer_sheet_import_row WHERE outcome = 'undone'),
           (SELECT count(*) FROM crm_lead WHERE NOT active
               AND email_from LIKE 'person%@company-%.fr')
"""


class TestImport(scenario.Scenario):
    def test_a_killed_server_loses_and_doubles_no_row(self):
        self.name = self.database()
        self.read()
        self.run_and_take_back()

    def read(self):
        scenario.shell(self.name, BEGIN.replace("ROWS", str(READ)))
        counts = self.killed(LINES, 1)
        self.assertEqual(len(set(counts)), 1)
        self.assertLess(counts[0], READ, "it was too fast to be killed")
        scenario.shell(self.name, RUN)
        self.assertEqual(self.rows(self.name, LINES), [(READ, READ)])
        columns = "SELECT count(*) FROM customer_sheet_import_column"
        self.assertEqual(self.rows(self.name, columns), [(2,)])
        self.rows(self.name, "DELETE FROM customer_sheet_import")

    def run_and_take_back(self):
        scenario.shell(self.name, IMPORT.replace("ROWS", str(ROWS)))
        for imported in (1, 1000):
            self.assertEqual(len(set(self.killed(COUNTS, imported))), 1)
        scenario.shell(self.name, RUN)
        self.assertEqual(self.rows(self.name, COUNTS), [(ROWS,) * 4])
        scenario.shell(self.name, TAKE_BACK)
        for undone in (1, 1000):
            self.assertEqual(len(set(self.killed(UNDONE, undone))), 1)
        scenario.shell(self.name, RUN)
        self.assertEqual(self.rows(self.name, UNDONE), [(ROWS,) * 2])

    def killed(self, query, done):
        """Kill the server that goes on with the import once so many rows are done."""
        process = scenario.start_shell(self.name, RUN)
        self.wait(lambda: self.rows(self.name, query)[0][0] >= done)
        scenario.kill(process)
        return self.rows(self.name, query)[0]
