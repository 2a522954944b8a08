from odoo import models
from odoo.exceptions import UserError

from ....tools.contact import phone_number


class Base(models.AbstractModel):
    _inherit = "base"

    def _phone_format_number(self, number, country, force_format="E164", raise_exception=False):
        """Read a number as our checks do before stock formats it.

        What a program added is no digit of it ("612345678.0"), and an overseas number has one
        E.164 form, whichever code it was typed with: stock finds and refuses numbers by it.
        """
        known = number and phone_number.to_dial(number, country.code)
        if number and not known:
            if raise_exception:
                raise UserError(
                    self.env._(
                        "A spreadsheet has cut digits off %(number)s. Copy the number from its"
                        " source.",
                        number=number,
                    )
                )
            return False
        return super()._phone_format_number(
            known, country, force_format=force_format, raise_exception=raise_exception
        )
