from odoo import models

from ...sheet.actor import acting


class CrmTeam(models.Model):
    """Odoo's own lead assignment works beside the rules, and is not taken for a person."""

    _inherit = "crm.team"

    def _action_assign_leads(self, *args, **kwargs):
        with acting("assignment"):
            return super()._action_assign_leads(*args, **kwargs)
