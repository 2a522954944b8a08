from odoo import SUPERUSER_ID, api

#: Questions that visitors may be asked from this version on.
ASKED = ("segment", "decision_maker")


def migrate(cr, version):
    """Put in force that visitors may be asked two more questions, and publish the shipped forms."""
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    _publish_catalogue(env)
    env["customer.sheet.form"]._publish_shipped()


def _publish_catalogue(env):
    """Change these marks only: what somebody is editing stays a draft, no sheet is recomputed."""
    versions = env["customer.sheet.catalogue.version"]
    current = versions._current()
    snapshot = [
        {**entry, "is_public": entry["is_public"] or entry["code"] in ASKED}
        for entry in current.snapshot or ()
    ]
    if snapshot != (current.snapshot or []):
        name = env._("Version %(number)s", number=versions.search_count([]) + 1)
        note = env._("Visitors may be asked for the segment and the decision maker")
        current.copy({"name": name, "note": note, "snapshot": snapshot})
        env.registry.clear_cache()
