from odoo.exceptions import AccessError
from odoo.tests import tagged

from .walk_common import HOSTS, MODULE, WORDS, WalkCase


@tagged("post_install", "-at_install")
class TestWalkBindings(WalkCase):
    """C3: whoever is offered a line of the action menu of contacts and leads may choose it."""

    def test_nobody_is_offered_what_is_always_refused(self):
        self.env["crm.lead"].create({"name": "Nobody's request", "user_id": False})
        for role, user in self.users.items():
            readable = [self.env[host].with_user(user) for host in HOSTS]
            for records in (each for each in readable if each.has_access("read")):
                records = records.search([], limit=20)
                for action in self._offered(records):
                    nothing = action.with_context(active_model=records._name, active_ids=[])
                    self.step(f"{action.sudo().name} with nothing selected", nothing.run)
                    if all(self._is_denied(action, record) for record in records):
                        what = f"{action.sudo().name} ({records._name})"
                        self.faults.append(f"{role}: {what} is always refused")

    def _offered(self, records):
        """Yield the lines of ours that run code, as the user who sees them."""
        user = records.env.user
        lines = self.env["ir.actions.actions"].with_user(user).get_bindings(records._name)
        found = [line["id"] for line in lines.get("action", ())]
        for action in self.env["ir.actions.server"].search([("id", "in", found)]):
            if action.get_external_id()[action.id].startswith(f"{MODULE}."):
                yield action.with_user(user)

    def _is_denied(self, action, record):
        """Return whether somebody may not do on a record what the menu offers."""
        active = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids}
        try:
            with self.env.cr.savepoint():
                action.with_context(**active).run()
        except AccessError:
            return True
        except WORDS:
            return False
        return False
