"""What one needs to be able to do each thing that the charter is about."""

from odoo.fields import Domain

#: By act, the rights of which any one is enough: model and mode, or a group.
RIGHTS = {
    "create": (("crm.lead", "create"), ("res.partner", "create")),
    "change": (("crm.lead", "write"), ("res.partner", "write")),
    "merge": (("crm.lead", "write"), ("res.partner", "write")),
    "delete": (("crm.lead", "unlink"), ("res.partner", "unlink")),
    "export": ("base.group_allow_export",),
    "publish": (("customer.sheet.question", "write"),),
    "review": (("customer.sheet.review", "write"),),
    "erase": (("customer.sheet.erasure", "write"),),
}


def groups_that_may(env):
    """Return ``{act: ids of the groups of which any one is enough}``, from the rights in force."""
    models = {right[0] for rights in RIGHTS.values() for right in rights if len(right) == 2}
    rules = env["ir.model.access"].sudo().search(Domain("model_id.model", "in", list(models)))
    employees = env.ref("base.group_user")
    found = {}
    for act, rights in RIGHTS.items():
        found[act] = set()
        for right in rights:
            if isinstance(right, str):
                found[act].add(env.ref(right).id)
                continue
            model, mode = right
            granted = rules.filtered(
                lambda rule, model=model, mode=mode: (
                    rule.model_id.model == model and rule[f"perm_{mode}"]
                )
            )
            found[act] |= {(rule.group_id or employees).id for rule in granted}
    return found
