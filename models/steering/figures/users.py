from odoo import models

#: Who sees the whole of what they may read.
KEEPERS = (
    "sales_team.group_sale_salesman_all_leads",
    "crm_customer_sheet.group_sheet_steward",
    "crm_customer_sheet.group_sheet_privacy",
)


class ResUsers(models.Model):
    """Whose figures a user sees: those of the whole base, or of their own records."""

    _inherit = "res.users"

    def _sheet_figure_hosts(self):
        """Return the models whose figures the user sees: those that they may read."""
        hosts = {kpi.host for kpi in self.env["customer.sheet.kpi"]._by_code().values()}
        return sorted(host for host in hosts if self._sheet_env()[host].has_access("read"))

    def _sheet_whole_hosts(self):
        """Return those of which the user sees every record of their companies."""
        if not any(self.has_group(group) for group in KEEPERS):
            return []
        hosts = self._sheet_figure_hosts()
        if not self.has_group(KEEPERS[0]) and "crm.lead" in hosts:
            hosts.remove("crm.lead")  # Odoo shows them their own leads only
        return hosts

    def _sheet_env(self):
        return self.with_user(self).env
