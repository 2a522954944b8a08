"""What is done for security, as the controls find it."""

from collections import defaultdict

from ..pair import pair

#: By heading of the CNIL's, the controls that say what is done for security.
MEASURES = {
    "access": ("exporters", "outsiders", "keepers", "shipped_passwords", "two_factors", "api_keys"),
    "trace": ("ledger",),
    "software": ("master_password", "database_list"),
    "backups": ("backups",),
    "encryption": ("https", "database_link", "mail_servers", "disks"),
    "processors": ("processors",),
}


def measures(env):
    """Return the measures that are in force, by heading; what is not in force is no measure."""
    labels = {
        "access": env._("Access of users"),
        "trace": env._("Traces"),
        "software": env._("Protection of the software"),
        "backups": env._("Backups"),
        "encryption": env._("Encryption"),
        "processors": env._("Processors"),
        "other": env._("Other measures"),
    }
    heading = {code: name for name, codes in MEASURES.items() for code in codes}
    controls = env["customer.sheet.control"].sudo()._asked()
    controls = controls.filtered(lambda row: row.kind == "security" or row.code in heading)
    found = defaultdict(list)
    for control in controls:
        if control.state == "right":
            found[heading.get(control.code, "other")].append(control.name)
    return [
        pair(env, label, "; ".join(found[name])) for name, label in labels.items() if found[name]
    ]
