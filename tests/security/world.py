"""Two companies, one user for each role in the first, and records of every model in both."""

from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user

from .makers import MAKERS

OURS = "customer.sheet."

#: Groups by role, in the order of the table.
ROLES = {
    "public": None,
    "portal": "base.group_portal",
    "internal": "base.group_user",
    "sales": "sales_team.group_sale_salesman",
    "colleague": "sales_team.group_sale_salesman",
    "all_leads": "sales_team.group_sale_salesman_all_leads",
    "sales_manager": "sales_team.group_sale_manager",
    "steward": "crm_customer_sheet.group_sheet_steward",
    "privacy": "crm_customer_sheet.group_sheet_privacy",
    "sheet_manager": "crm_customer_sheet.group_sheet_manager",
}

#: Every text of the other company says so.
SECRET = "Zyxwv"


def refused(*_args):
    """What stock refuses, in a word."""
    return AccessError("No")


class World(TransactionCase):
    """What the walks over models and methods stand on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for model in ("ir.model.access", "ir.rule"):  # how Odoo words it takes half of the time
            cls.startClassPatcher(patch.object(cls.registry[model], "_make_access_error", refused))
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env["res.company"].search([]).country_id = cls.env.ref("base.fr")
        cls.other_company = cls.env["res.company"].create(
            {"name": "Elsewhere", "country_id": cls.env.ref("base.fr").id}
        )
        cls.users = {role: cls._user(role, groups) for role, groups in ROLES.items()}
        cls.own = cls._side(cls.env.company, "Ours", cls.users["sales"])
        cls.other = cls._side(cls.other_company, SECRET, cls._stranger())
        for side in (cls.own, cls.other):
            for name in cls.concrete():
                cls.record(side, name)
        cls.env.flush_all()

    @classmethod
    def _user(cls, role, groups):
        if groups is None:
            return cls.env.ref("base.public_user")
        return new_test_user(cls.env, f"walk_{role}", groups=groups, email=f"{role}@example.com")

    @classmethod
    def _stranger(cls):
        return new_test_user(
            cls.env,
            "walk_stranger",
            groups="sales_team.group_sale_manager",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    @classmethod
    def _side(cls, company, word, user):
        """Return contacts and leads of one company; every text says ``word``."""
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        contacts = env["res.partner"].create(
            [
                {
                    "name": f"{word} Contact {number}",
                    "email": f"{word}{number}@{word}.example.com".lower(),
                    "company_id": company.id,
                    "user_id": user.id,
                    "country_id": env.ref("base.fr").id,
                }
                for number in range(4)
            ]
        )
        leads = env["crm.lead"].create(
            [
                {
                    "name": f"{word} Lead {number}",
                    "contact_name": f"{word} Person {number}",
                    "email_from": f"{word}-lead{number}@example.com".lower(),
                    "type": "opportunity",
                    "company_id": company.id,
                    "team_id": False,
                    "user_id": user.id,
                    "country_id": env.ref("base.fr").id,
                }
                for number in range(4)
            ]
        )
        return SimpleNamespace(
            env=env, company=company, word=word, user=user, contacts=contacts, leads=leads, kept={}
        )

    @classmethod
    def models(cls):
        """Return the names of all models of the module."""
        return sorted(name for name in cls.env.registry if name.startswith(OURS))

    @classmethod
    def concrete(cls):
        """Return the names of the models that have records."""
        return [name for name in cls.models() if not cls.env[name]._abstract]

    def values(self, side, name):
        """Return values with which a person could make a record of a model."""
        return MAKERS[name].values(side)

    @classmethod
    def record(cls, side, name):
        """Return one record of a model that belongs to a side."""
        if name not in side.kept:
            side.kept[name] = MAKERS[name].record(side, name)
        return side.kept[name]
