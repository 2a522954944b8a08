"""An import while its server dies: every row exactly once, read, reviewed, imported, taken back."""

import json

from . import scenario

ROWS, BATCH = 300, 100
TOLD = "TOLD"

SCRIPT = """
import base64, itertools, json, os, signal
from odoo import sql_db
from odoo.addons.crm_customer_sheet.models.collection import audit, rows, running, takeback

ROWS, BATCH, LINES, CHECKED, DONE, UNDONE = WHAT
audit.desk._AT_ONCE, audit.desk._BATCH = 0, BATCH
rows.desk.BATCH = running.desk.BATCH = takeback.desk.BATCH = BATCH

def go_on(dies):
    # a process of its own, as a worker of a server is; it dies with its second batch done, not kept
    env.cr.commit()
    if child := os.fork():
        _child, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) if dies else status == 0, status
        return
    commits, commit = itertools.count(1), sql_db.Cursor.commit
    def commit_or_die(cursor):
        if next(commits) == 3 and dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return commit(cursor)
    sql_db.Cursor.commit = commit_or_die
    sql_db._Pool = None
    env.registry._db = sql_db.db_connect(env.registry.db_name)
    with env.registry.cursor() as cr:
        env(cr=cr)["customer.sheet.import"]._go_on()
    os._exit(0)

told = {}
def killed_twice(what, query):
    told[what] = []
    for dies in (True, True, False):
        go_on(dies)
        env.invalidate_all()
        env.cr.execute(query)
        told[what].append(env.cr.fetchone())

lines = ["question:name;question:email"]
lines += [f"Person{n} Family{n};person{n}@company-{n}.fr" for n in range(ROWS)]
content = base64.b64encode("\\n".join(lines).encode()).decode()
imports = env["customer.sheet.import"].with_user(env.ref("base.user_admin"))
desk = imports.browse(imports.begin("people.csv", content, "crm.lead")["id"])
desk.look_through()
killed_twice("read", LINES)
desk.check()
killed_twice("reviewed", CHECKED)
desk.run()
killed_twice("imported", DONE)
desk.take_back()
killed_twice("taken back", UNDONE)
told["ended"] = desk.state, desk.done, len(desk.column_ids)
print("TOLD" + json.dumps(told))
"""
LINES = "SELECT count(*), count(DISTINCT line) FROM customer_sheet_import_row"
CHECKED = """
    SELECT count(*) FILTER (WHERE verdict = 'create'), count(values) FROM customer_sheet_import_row
"""
DONE = """
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
#: Rows after the first death, after the second, and in the end.  What is read begins anew.
DEATHS = {
    "read": (BATCH, BATCH, ROWS),
    "reviewed": (BATCH, 2 * BATCH, ROWS),
    "imported": (BATCH, 2 * BATCH, ROWS),
    "taken back": (BATCH, 2 * BATCH, ROWS),
}


class TestImport(scenario.Scenario):
    def test_a_killed_server_loses_and_doubles_no_row(self):
        what = (ROWS, BATCH, LINES, CHECKED, DONE, UNDONE)
        output = scenario.shell(self.database(), SCRIPT.replace("WHAT", repr(what)))
        [line] = [line for line in output.splitlines() if TOLD in line]
        told = json.loads(line.partition(TOLD)[2])
        self.assertEqual(told.pop("ended"), ["undone", ROWS, 2])
        counts = {step: tuple(set(each) for each in found) for step, found in told.items()}
        self.assertEqual(
            counts, {step: tuple({count} for count in deaths) for step, deaths in DEATHS.items()}
        )
