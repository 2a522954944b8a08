from odoo import models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    """Contacts with which somebody signs in: only who may change the user may change them.

    Odoo's own ``write`` refuses the contact of an internal user to whoever may not write that
    user.  What is written as superuser or in SQL for a person goes round it, and asks here.
    """

    _inherit = "res.partner"

    def _sheet_foreign_users(self):
        """Return the users of these contacts, archived ones too, whom the person may not change.

        The person is the user of the environment, whether superuser or not.
        """
        users = self.env["res.users"].sudo().with_context(active_test=False)
        users = users.search([("partner_id", "in", self.ids)])
        return users - users.with_user(self.env.uid)._filtered_access("write")

    def _sheet_colleagues(self):
        """Return the internal users among them, the person apart: Odoo refuses their contacts."""
        return self._sheet_foreign_users().filtered(
            lambda user: not user.share and user.id != self.env.uid
        )

    def _sheet_may_write(self):
        """Tell whether the person may write this contact, as Odoo's own ``write`` judges."""
        if self.env.su:
            return True
        return self.has_access("write") and (
            self.sudo().partner_share or not self._sheet_colleagues()
        )

    def _sheet_check_access(self, operation):
        result = super()._sheet_check_access(operation)
        if operation == "write" and not self._sheet_may_write():
            raise AccessError(
                self.env._(
                    "%(contact)s is the contact of a user of Odoo: only an administrator may"
                    " change it.",
                    contact=self.display_name,
                )
            )
        return result
