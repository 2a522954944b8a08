"""The people of the tests, by what they may do."""

from odoo.fields import Command

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
    [user] = _create(env, [_somebody(env, role, login) | values])
    return user


def people(env, *roles):
    """Create somebody in each of these roles."""
    return _create(env, [_somebody(env, role) for role in roles])


def _somebody(env, role, login=""):
    login, groups = login or f"sheet_{role}", GROUPS[role]
    return {
        "name": f"{login} ({groups})",
        "login": login,
        "password": login.ljust(8, "x"),
        "email": login if "@" in login else f"{login[0]}.{login[0]}@example.com",
        "group_ids": [Command.set([env.ref(group).id for group in groups.split(",")])],
    }


def _create(env, values):
    for each in values:
        if "company_id" in each:
            each.setdefault("company_ids", [Command.link(each["company_id"])])
    quiet = {"no_reset_password": True}  # a third of the time is an invitation that nobody reads
    return [user.with_env(env) for user in env["res.users"].with_context(**quiet).create(values)]
