"""The people of the tests, by what they may do."""

from odoo.tests import new_test_user

_SALES = "sales_team.group_sale_salesman"
_OURS = "crm_customer_sheet.group_sheet_{}".format

#: Groups by role.
GROUPS = {
    "rep": _SALES,
    "rival": _SALES,  # another rep, whose leads are none of theirs
    "keeper": f"{_SALES},base.group_partner_manager",  # a rep who keeps the address book too
    "clerk": f"{_SALES}_all_leads",
    "steward": f"{_OURS('steward')},{_SALES}_all_leads",
    "officer": f"{_OURS('privacy')},base.group_user",
    "manager": "sales_team.group_sale_manager",
    "outsider": "base.group_user",  # works here, and has nothing to do with customers
    "visitor": "base.group_portal",
}


def person(env, role, login="", **values):
    """Create somebody in a role; their login is ``sheet_`` and the role unless given.

    The password is the login, of which eight characters are enough.
    """
    quiet = {"no_reset_password": True}  # a third of the time is an invitation that nobody reads
    user = new_test_user(
        env, login or f"sheet_{role}", groups=GROUPS[role], context=quiet, **values
    )
    return user.with_env(env)


def people(env, *roles):
    """Create somebody in each of these roles."""
    return [person(env, role) for role in roles]
