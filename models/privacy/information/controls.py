from odoo import api, fields, models
from odoo.fields import Domain

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.controls.control import MOST_COUNTED, Control, Finding
from ...sheet.fields import HOSTS


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "informed",
                "privacy",
                self.env._("Whoever did not give us their data was told so within a month"),
                self.env._("People cannot ask for their rights if they know nothing of us."),
                "customer_sheet_desk_action",
                PRIVACY_OFFICER,
                room="privacy",
            ),
        ]

    def _check_informed(self):
        late = Domain("sheet_inform_by", "<", fields.Date.context_today(self))
        hosts = [self.env[host].sudo() for host in HOSTS]
        count = sum(
            host.search_count(host._sheet_inform_domain() & late, limit=MOST_COUNTED + 1)
            for host in hosts
        )
        return Finding(not count, self._counted(count))
