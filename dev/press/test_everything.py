"""Every role presses everything, on databases that differ in what stands beside the module."""

import re

from .. import database
from ..scenarios import apps, scenario
from .case import PressCase

#: The demo has no sales manager.
MANAGER = """
groups = "sales_team.group_sale_manager", "base.group_partner_manager"
env["res.users"].with_context(no_reset_password=True).create({
    "name": "Nadia Alami", "login": "manager", "password": "manager",
    "email": "nadia.alami@yourcompany.example.com",
    "group_ids": [(6, 0, [env.ref(name).id for name in groups])],
})
"""
#: *Leads* in use, a second company with another currency in which everybody works too, gates
#: that hold leads.
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
"""
LABELS = re.compile(r"WARNING .* Two fields .* have the same label: .*crm_customer_sheet.*")


class Everybody:
    """Each role, on a copy of the database of the class, after two runs of every job."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        bench = scenario.bench()
        copy = database.temporary(bench, cls.template(), "press")
        cls.name = copy.__enter__()
        cls.addClassCleanup(copy.__exit__, None, None, None)
        cls.prepare()
        cls.run_jobs()

    @classmethod
    def template(cls):
        """The name of the database to copy."""
        return database.module_template(scenario.bench(), demo=True)

    @classmethod
    def prepare(cls):
        """Make of the copy what the roles are to meet."""
        scenario.shell(cls.name, f"{MANAGER}\nenv.cr.commit()\n")

    @classmethod
    def run_jobs(cls):
        """Run each scheduled action of the module twice, as an administrator would."""
        server = scenario.Server(cls.name, workers=0)
        cls.addClassCleanup(server.stop)
        server.start()
        client = server.client()
        domain = [["name", "=like", "Customer Sheet%"]]
        jobs = client.call("ir.cron", "search", domain, context={"active_test": False})
        for job in jobs * 2:
            client.call("ir.cron", "method_direct_trigger", [job])
        server.stop()
        cls.logged = cls.errors(server)

    def test_jobs(self):
        self.assertEqual(self.logged, [])

    def test_sales(self):
        self.press(self.name, "sales")

    def test_manager(self):
        self.press(self.name, "manager")

    def test_steward(self):
        self.press(self.name, "steward")

    def test_privacy(self):
        self.press(self.name, "privacy")

    def test_admin(self):
        self.press(self.name, "admin")


class TestDemo(Everybody, PressCase):
    """The demo alone."""


class TestAppsBefore(Everybody, PressCase):
    """The module came to other apps; two companies, two currencies."""

    @classmethod
    def template(cls):
        return apps.template(demo=True)

    @classmethod
    def prepare(cls):
        scenario.shell(cls.name, f"{MANAGER}{BUSY}\nenv.cr.commit()\n")
        scenario.update(cls.name)  # the template's log is gone
        cls.labels = LABELS.findall(scenario.install_log(cls.name))

    def test_labels(self):
        self.assertEqual(self.labels, [])


class TestAppsAfter(TestAppsBefore):
    """Other apps came to the module."""

    @classmethod
    def template(cls):
        return database.module_template(scenario.bench(), demo=True)

    @classmethod
    def prepare(cls):
        scenario.install(cls.name, *apps.APPS)
        cls.labels = LABELS.findall(scenario.install_log(cls.name))
        scenario.shell(cls.name, f"{MANAGER}{BUSY}\nenv.cr.commit()\n")
