"""What the walks over all screens have in common."""

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger

#: What a screen may answer instead of a result: plain words.
WORDS = (AccessError, MissingError, UserError, ValidationError)
MODULE = "crm_customer_sheet"
HOSTS = ("crm.lead", "res.partner")
#: Who walks, the most powerful first.
ROLES = {
    "boss": "sales_team.group_sale_manager",
    "privacy": "crm_customer_sheet.group_sheet_privacy",
    "steward": "sales_team.group_sale_salesman,crm_customer_sheet.group_sheet_steward",
    "rep": "sales_team.group_sale_salesman",
}


class WalkCase(TransactionCase):
    """A user of each role, and steps whose faults are collected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"walk_{role}", groups=groups)
            for role, groups in ROLES.items()
        }
        cls.users["admin"] = cls.env.ref("base.user_admin")
        cls.make_some()

    @classmethod
    def make_some(cls):
        """Make a record of what has none when the module is new."""
        partners, leads = cls.env["res.partner"], cls.env["crm.lead"]
        company, twin = partners.create(
            [
                {"name": "Atlas Meca", "is_company": True, "sheet_typology": "b2b"},
                {"name": "Atlas Méca", "email": "hello@atlas.example.com"},
            ]
        )
        own = {"partner_id": company.id, "user_id": cls.users["rep"].id, "type": "opportunity"}
        lead, won, lost = leads.create(
            [
                {"name": "New packing line", **own, "sheet_budget_max": 20000},
                {"name": "Spare parts", **own, "sheet_typology": "b2b"},
                {"name": "Old request", **own},
            ]
        )
        lead.activity_schedule("mail.mail_activity_data_call", user_id=cls.users["rep"].id)
        won.action_set_won()
        lost.action_set_lost()
        rows = {
            "merge": {"host": "res.partner", "survivor_name": "O'Neil", "tail_names": "Atlas Méca"},
            "merge.run": {"host": "crm.lead"},
            "quality.run": {"host": "res.partner", "scope": "all"},
            "retention.run": {"state": "preview"},
            "review": {"month": "2026-03-01"},
            "duplicate": {
                **{"node1": company.id, "node2": twin.id, "band": "possible"},
                **{"partner1_id": company.id, "partner2_id": twin.id},
            },
        }
        for name, values in rows.items():
            cls.env[f"customer.sheet.{name}"].sudo().create(values)

    def setUp(self):
        super().setUp()
        self.faults = []

    def tearDown(self):
        super().tearDown()
        self.assertFalse(self.faults, "\n".join(["", *self.faults]))

    @classmethod
    def own_models(cls):
        """Return the names of the module's models that hold rows."""
        return sorted(
            name
            for name, model in cls.env.registry.items()
            if name.startswith("customer.sheet.") and not model._abstract
        )

    @classmethod
    def is_ours(cls, model, name):
        """Tell whether a field came with the module, to a model of its own or of another."""
        field = cls.env.registry[model]._fields[name]
        own = model.startswith("customer.sheet.")
        return own or field._module == MODULE or name.startswith("sheet_")

    @classmethod
    def extended_models(cls):
        """Return the names of the other models that have fields of the module."""
        return sorted(
            name
            for name, model in cls.env.registry.items()
            if not (model._abstract or name.startswith("customer.sheet."))
            and any(cls.is_ours(name, field) for field in model._fields)
        )

    def step(self, what, call, allowed=WORDS):
        """Return what the call returns, and None after a refusal in words or a fault."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return call()
        except allowed:
            return None
        except AssertionError as error:
            if "is a required field" not in str(error):  # the form's own words
                raise
            return None
        except Exception as error:  # noqa: BLE001 - every fault is told, not only the first
            self.faults.append(f"{what}: {type(error).__name__} {str(error)[:300]}")
            return None
