"""What a person decides for all rows of a file."""

from odoo.fields import Domain

#: Who sees the leads of others, and so may give them some.
ALL_LEADS = "sales_team.group_sale_salesman_all_leads"

#: What holds unless the person says otherwise.
USUAL = {"existing": "empty", "owner": "me", "team": "", "gate": "worklist"}

#: Sheets that were downloaded come back to be changed.
REFERENCE = "field:sheet_reference"

#: A column that names salespeople is there to be heard.
OWNERS = {"field:user_id", "question:owner"}


def policy_of(desk):
    """Return the policy in force: ``{code: value}``."""
    targets = desk.column_ids.mapped("target")
    usual = {**USUAL, "owner": "me" if OWNERS.isdisjoint(targets) else "file"}
    if REFERENCE in targets:
        usual["existing"] = "overwrite"
    return {**usual, **(desk.policy or {})}


def offered(desk):
    """Return ``[{"code", "label", "help", "value", "choices"}]``: what the person may choose."""
    env, values = desk.env, policy_of(desk)
    parts = [
        {
            "code": "existing",
            "label": env._("Customers who are known already"),
            "help": env._(
                "Only a customer who is beyond doubt the same counts as known. What you may not"
                " change yourself is always proposed."
            ),
            "choices": {
                "empty": env._("Fill in what is empty, leave the rest"),
                "propose": env._("Propose each answer, change nothing"),
                "overwrite": env._("Replace by what the file says; former values are logged"),
            },
        },
        {
            "code": "owner",
            "label": env._("Salesperson"),
            "help": env._("Of what is new; nobody loses a customer by an import."),
            "choices": _owners(desk),
        },
    ]
    if desk.host == "crm.lead":
        parts += [
            {
                "code": "team",
                "label": env._("Sales team"),
                "help": "",
                "choices": {"": env._("As the salesperson's"), **_teams(desk)},
            },
            {
                "code": "gate",
                "label": env._("Leads that do not pass the gate of their stage"),
                "help": "",
                "choices": {
                    "worklist": env._("Stay in it, listed under “To regularise”"),
                    "first_stage": env._("Start in the first stage"),
                },
            },
        ]
    return [
        {**part, "value": values[part["code"]], "choices": list(map(list, part["choices"].items()))}
        for part in parts
    ]


def _owners(desk):
    env = desk.env
    own = {"me": env._("Me"), "file": env._("As the file says, else me")}
    if not env.user.has_group(ALL_LEADS):
        return own
    users = env["res.users"].search(
        Domain("share", "=", False) & Domain("company_ids", "in", desk.company_id.ids)
    )
    if desk.host == "crm.lead":
        own["routing"] = env._("As the routing rules decide")
    return {**own, **{str(user.id): user.name for user in users - env.user}}


def _teams(desk):
    teams = desk.env["crm.team"].search(Domain("company_id", "in", [False, *desk.company_id.ids]))
    return {str(team.id): team.name for team in teams}
