from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import SQL

from .merge_common import MergeCase

#: Who merges...
ROLES = {
    "salesperson": "sales_team.group_sale_salesman",
    "steward": "crm_customer_sheet.group_sheet_steward,"
    "sales_team.group_sale_salesman_all_leads,base.group_partner_manager",
    "sales manager": "sales_team.group_sale_manager,base.group_partner_manager",
}
#: ... and with whose contact.
INTERNAL = ("admin", "manager", "archived", "elsewhere", "unseen")
PORTAL = ("portal", "archived portal")
SECRET = "mine@attacker.example"


class MergeUsersCase(MergeCase):
    """A person of each role, a user of each kind, and a contact of the person's own making."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.persons = {
            name: new_test_user(cls.env, f"merging_{number}", groups=groups)
            for number, (name, groups) in enumerate(ROLES.items())
        }
        cls.company = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.users = {
            "admin": cls.env.ref("base.user_admin"),
            "manager": new_test_user(cls.env, "boss", groups="sales_team.group_sale_manager"),
            "archived": new_test_user(cls.env, "left", groups="base.group_user"),
            "elsewhere": new_test_user(
                cls.env,
                "abroad",
                groups="base.group_user",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            ),
            "unseen": new_test_user(cls.env, "hidden", groups="base.group_user"),
            "portal": new_test_user(cls.env, "visitor", groups="base.group_portal"),
            "archived portal": new_test_user(cls.env, "former", groups="base.group_portal"),
        }
        (cls.users["archived"] | cls.users["archived portal"]).active = False
        # a rule of the customer's own, by which some users are not seen
        cls.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": cls.env["ir.model"]._get_id("res.users"),
                "domain_force": f"[('id', '!=', {cls.users['unseen'].id})]",
                "perm_write": False,
                "perm_create": False,
                "perm_unlink": False,
            }
        )
        cls.administrator = new_test_user(
            cls.env, "it", groups="base.group_erp_manager,sales_team.group_sale_manager"
        )

    def setUp(self):
        super().setUp()
        self.mine = self.contact("Mine", email=SECRET, phone="+33612345678")
        self.env.flush_all()

    def state(self):
        """Return everything of users, and of their contacts what says who they are."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env.execute_query_dict(
            SQL(
                "SELECT u.id, u.login, u.partner_id, u.active, u.company_id, p.name, p.email,"
                " p.active AS in_use, p.sheet_merged_into_id FROM res_users u"
                " JOIN res_partner p ON p.id = u.partner_id ORDER BY u.id"
            )
        )

    def refused(self, call, *args, **kwargs):
        """Check that a call is refused in words, and leaves no user other than before."""
        before = self.state()
        with self.assertRaises(UserError) as caught:
            call(*args, **kwargs)
        self.assertEqual(self.state(), before)
        return str(caught.exception)

    def each(self, kinds):
        """Yield ``(person, user)`` of each role and kind, in a subtest of their own."""
        for role, person in self.persons.items():
            for kind in kinds:
                with self.subTest(role=role, kind=kind):
                    yield person, self.users[kind]

    def apply(self, person, survivor, tails, choices=None, leads=()):
        merges = self.merges.with_user(person)
        return merges.apply("res.partner", survivor.id, tails.ids, choices, leads)
