import re
from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.tools import email_domain_extract

from ....tools.contact.email_typos import PROVIDERS
from ....tools.pasted.finding import Money
from ....tools.pasted.read import read
from ..intake.exceptions import PlainError

#: A code of the list of headcounts: its lowest and highest number.
_BAND_RE = re.compile(r"(?P<low>\d+)_(?P<high>\d+|more)")


class Answer(NamedTuple):
    """An answer that stands in a text: a plain value, and where the words are that say it.

    :ivar low: the lower end of an amount of which the value is the upper one, or 0
    """

    code: str
    value: Any
    start: int
    end: int
    low: float = 0


class CustomerSheetQuestion(models.Model):
    """What a text says about a customer, as plain answers."""

    _inherit = "customer.sheet.question"

    @api.model
    def _pasted_read(self, text, host, country=""):
        """Return the answers that stand in a text, a list of :class:`Answer`.

        No outside service is asked.

        :param host: ``crm.lead`` or ``res.partner``, which has to hold the answers
        :param country: ISO code of the country that the text is thought to come from
        """
        today = fields.Date.context_today(self)
        found = read(text, country, today, self._pasted_ours())
        return self._pasted_answers([Answer(*finding) for finding in found], host, country)

    @api.model
    def _pasted_answers(self, found, host, country):
        """Return those findings that can be answers, their values made plain ones."""
        held = self._plain_fields()
        asked = {each.code: each for each in self.search([]) if host in held.get(each.code, {})}
        answers = (
            asked[each.code]._pasted_plain(each, country) for each in found if each.code in asked
        )
        return [answer for answer in answers if answer]

    def _pasted_plain(self, found, country):
        """Return an answer with a plain value, ``None`` where the question cannot take it."""
        low = 0
        value = found.value
        if isinstance(value, Money):
            if value.currency not in ("", self.env.company.currency_id.name):
                return None  # an amount in another currency is not converted: it would be inferred
            value, low = value.high or value.low, value.low if value.high else 0
            low = low if low and low < value else 0
        if self.code == "headcount" and isinstance(value, int):
            value = self._pasted_band(value)
        try:
            plain = self._plain_read(value, country)
        except PlainError:
            return None
        return None if plain is None else found._replace(value=plain, low=low)

    @api.model
    def _pasted_band(self, number):
        """Return the code of the band of headcounts that a number lies in, ``""`` if none."""
        for code in self.env["customer.sheet.option"]._ids_by_code("headcount"):
            match = _BAND_RE.fullmatch(code)
            if match and int(match["low"]) <= number:
                if match["high"] == "more" or number <= int(match["high"]):
                    return code
        return ""

    @api.model
    def _pasted_ours(self):
        """Return the domains of our own addresses, which are nobody's answer."""
        addresses = self.env["res.company"].sudo().search([("email", "!=", False)]).mapped("email")
        domains = {email_domain_extract(address) or "" for address in addresses if address}
        ours = self.env["mail.alias.domain"].sudo().search([("name", "!=", False)])
        domains.update(ours.mapped("name"))
        return domains - PROVIDERS
