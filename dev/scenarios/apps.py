"""One database with other apps beside the module, for whatever reads or joins them."""

from .. import database
from . import scenario

#: Apps of Community that know customers; each brings what it stands on.
APPS = (
    "sale_management",
    "sale_crm",
    "sale_loyalty",
    "sale_margin",
    "account",
    "calendar",
    "mass_mailing",
    "website_crm",
    "survey",
    "event",
    "project",
    "rating",
)


def template(demo=False):
    """The name of a database with the apps and the module on top: to copy, not to spoil."""
    modules = [*database.depends(), *APPS]
    return database.module_template(scenario.bench(), modules, demo=demo)


class AppsScenario(scenario.Scenario):
    """Tests that share one copy of the database with the apps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        copy = database.temporary(scenario.bench(), template(), "apps")
        cls.name = copy.__enter__()
        cls.addClassCleanup(copy.__exit__, None, None, None)

    def told(self, script):
        """As `scenario.told`; what the script writes is rolled back unless it commits."""
        return scenario.told(self.name, f"{script}\nenv.cr.rollback()\n")
