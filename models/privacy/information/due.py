from odoo import api, models

from ...sheet.fields import HOSTS
from ..desk.due import Due


class CustomerSheetDesk(models.TransientModel):
    _inherit = "customer.sheet.desk"

    @api.model
    def _due(self):
        return [*super()._due(), *filter(None, map(self._inform_line, HOSTS))]

    @api.model
    def _inform_line(self, host):
        model = self.env[host]
        if not model.has_access("read"):
            return None
        [(count, day)] = model._read_group(
            model._sheet_inform_domain(), [], ["__count", "sheet_inform_by:min"]
        )
        if not count:
            return None
        is_lead = host == "crm.lead"
        title = self.env._("Tell contacts where you have their data from")
        if is_lead:
            title = self.env._("Tell leads where you have their data from")
        return Due(
            f"inform_{model._table}",
            day,
            title,
            self.env._(
                "%(count)s of them did not give you their data. The first message that you send"
                " them tells them by itself; to whom you do not write, write now.",
                count=count,
            ),
            count=count,
            action=f"customer_sheet_information_action_{'lead' if is_lead else 'partner'}",
        )
