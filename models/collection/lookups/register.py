from odoo import api, models

from ..registers import france, morocco, sirene
from ..registers.answer import Candidate, Found, Unavailable

#: Registers that no program may ask: a person reads them.
BY_HAND = {morocco.CODE}
#: Registers that search for nothing: they read numbers.
NUMBERS_ONLY = {sirene.CODE, morocco.CODE}
#: Registers that find companies by name.
BY_NAME = {france.CODE}


class CustomerSheetRegister(models.Model):
    """What look-ups ask of a register."""

    _inherit = "customer.sheet.register"

    @api.model
    def _asks_itself(self, country, what):
        """Return the register that the queue asks about a number, none where only people may."""
        registers = self._for(country, what).filtered(lambda each: each.code not in BY_HAND)
        return registers[:1]

    def _companies(self, text, number, country):
        """Return the companies that a register finds for a text, or ``Unavailable``.

        :param number: the company number in the text, if it is one
        """
        if self.code not in NUMBERS_ONLY:
            return self._look_up(text, country)
        read = self._read(number, country) if number else None
        if not isinstance(read, Found):
            return read if isinstance(read, Unavailable) else []
        state = "closed" if read.evidence.get("closed") else ""
        name, town = (read.values.get(code, "") for code in ("company", "city"))
        return [Candidate(number, name, town, state)]

    def _none_words(self, text):
        """Return that none of these registers has found a company, or that none could."""
        is_name = not any(sign.isdecimal() for sign in text)
        if self and is_name and not BY_NAME.intersection(self.mapped("code")):
            return self.env._(
                "Companies of this country are found by number only. Type the company ID or the"
                " VAT number."
            )
        return self.env._("No register that is switched on knows such a company.")
