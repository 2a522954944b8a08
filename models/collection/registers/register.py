from odoo import api, fields, models

from .answer import Unavailable


class CustomerSheetRegister(models.Model):
    """A public register that may be asked about companies, once somebody has switched it on.

    **How to use.**  :meth:`_for` gives the registers in force for a country, :meth:`_search`,
    :meth:`_read` and :meth:`_check_vat` ask one of them.  They write nothing with the caller's
    cursor, raise nothing and answer within :data:`http.WHOLE` seconds; :meth:`_words` says in a
    sentence why there is no answer.
    """

    _name = "customer.sheet.register"
    _description = "Public Register"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection([("off", "Off"), ("on", "On")], required=True, default="off")

    @api.model
    def _for(self, country, what):
        """Return the registers in force that know companies of a country, the best first.

        :param country: code of the country; ``""`` for those of any
        :param what: ``company`` or ``vat``
        """
        return self.search([("state", "=", "on")])

    def _search(self, text, country=""):
        """Return the companies that a register finds for a name: :class:`Candidate`, best first.

        :return: a list, empty if it finds none or searches by number only; or
            :class:`Unavailable`
        """
        return Unavailable("off", source=self.code)

    def _read(self, number, country=""):
        """Return what the register says of a number: ``Found``, ``NotFound`` or ``Unavailable``."""
        return Unavailable("off", source=self.code)

    def _check_vat(self, number, requester=""):
        """Return whether a VAT number is valid: ``Found``, ``NotFound`` or ``Unavailable``.

        :param requester: one's own VAT number, for which the register gives a consultation number
        """
        return Unavailable("off", source=self.code)

    @api.model
    def _words(self, answer):
        """Return why there is no answer, as a sentence; ``""`` of one that is there."""
        return ""
