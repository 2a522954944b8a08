from odoo import api, models

from ..registers import morocco

#: Registers that no program may ask: a person reads them.
BY_HAND = {morocco.CODE}


class CustomerSheetRegister(models.Model):
    _inherit = "customer.sheet.register"

    @api.model
    def _asks_itself(self, country, what):
        """Return the register that the queue asks about a number, none where only people may."""
        registers = self._for(country, what).filtered(lambda each: each.code not in BY_HAND)
        return registers[:1]
