from odoo import models
from odoo.exceptions import AccessError

from ...sheet.called import called

#: Who may take data out of Odoo.
EXPORT = "base.group_allow_export"


class CustomerSheetMixin(models.AbstractModel):
    """Sheets as a workbook that can be edited and imported again."""

    _inherit = "customer.sheet.mixin"

    @called()
    def action_sheet_export(self):
        """Download these sheets as a workbook: what is changed in it can be imported again."""
        if not self.env.user.has_group(EXPORT):
            raise AccessError(
                self.env._("You may not export data. Ask an administrator for the right to.")
            )
        self.check_access("read")
        log = self.env["customer.sheet.export.log"]._note(
            self._name, self.ids, "export", ["crm_customer_sheet.template"]
        )
        if log.refused_email or log.refused_phone:
            self._sheet_warn_of_export(log)
        url = f"/customer_sheet/export/{log.id}.xlsx"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}
