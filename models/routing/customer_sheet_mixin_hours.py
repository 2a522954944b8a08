from odoo import models

from ..consent.door import Door


class CustomerSheetMixin(models.AbstractModel):
    """When people may be disturbed, by the clock where they live."""

    _inherit = "customer.sheet.mixin"

    def _sheet_within_hours(self, hours, when=None):
        """Return those of these records for whom it is a working day within ``hours``.

        :param hours: days of the week and hours, as :class:`CallHours` reads them
        :param when: a moment in UTC, now by default
        """
        door = Door(self.sudo(), self.env["customer.sheet.consent.purpose"].sudo(), [], when)
        return self.filtered(lambda record: door.within_hours(record.sudo(), hours))
