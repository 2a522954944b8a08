"""Every role presses everything, on databases that differ in what stands beside the module."""

import re

from ..scenarios import apps, scenario
from .case import PressCase

LOGINS = ("sales", "steward", "privacy", "admin")
#: Our screens beside everything that a company may have: *Leads* in use, a second company with
#: another currency in which everybody works too, gates that hold leads.
BUSY = """
env["res.config.settings"].create({"group_use_lead": True}).execute()
dirham = env.ref("base.MAD")
dirham.active = True
company = env["res.company"].create({"name": "Atlas Maroc", "currency_id": dirham.id})
users = env["res.users"].search([("share", "=", False)])
users.write({"company_ids": [(4, company.id)]})
leads = env["crm.lead"].with_company(company)
leads.create([{"name": "Ligne d'emballage", "company_id": company.id, "user_id": user.id,
               "type": kind, "sheet_budget_max": 50000} for user in users
              for kind in ("lead", "opportunity")])
env["customer.sheet.gate"].search([]).write({"mode": "enforce"})
env.cr.commit()
"""
LABELS = re.compile(r"WARNING .* Two fields .* have the same label: .*crm_customer_sheet.*")


class TestDemo(PressCase):
    def test_each_role_on_the_demo_database(self):
        self.press(self.demo_template(), *LOGINS)


class TestApps(PressCase):
    """Other apps, installed before the module or after it; two companies, two currencies."""

    def test_each_role_with_apps_that_were_there_before(self):
        name = self.database(apps.template(demo=True))
        scenario.update(name)  # the template's log is gone
        self.assertEqual(LABELS.findall(scenario.install_log(name)), [])
        self.press_by_all(name)

    def test_each_role_with_apps_that_came_after(self):
        name = self.demo_database()
        scenario.install(name, *apps.APPS)
        self.assertEqual(LABELS.findall(scenario.install_log(name)), [])
        self.press_by_all(name)

    def press_by_all(self, name):
        """Each role presses everything, after two runs of every scheduled action."""
        scenario.shell(name, BUSY)
        self.run_jobs(name)
        self.press(name, *LOGINS)

    def run_jobs(self, name):
        """Run each scheduled action of the module twice, as an administrator would."""
        server = self.server(name, workers=0)
        client = server.client()
        domain = [["name", "=like", "Customer Sheet%"]]
        jobs = client.call("ir.cron", "search", domain, context={"active_test": False})
        self.assertTrue(jobs)
        for _turn in range(2):
            for job in jobs:
                client.call("ir.cron", "method_direct_trigger", [job])
        self.assertEqual(self.errors(server), [], "logged by scheduled actions")
        server.stop()
