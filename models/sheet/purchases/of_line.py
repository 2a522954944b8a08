"""Figures of the line of a customer's purchases, as fields of the contact."""

import operator as compare

from odoo import fields
from odoo.fields import Domain

from ..fields import SHEET_USER

LINE = "sheet_purchase_id"

_COMPARED = {">": compare.gt, "<": compare.lt, ">=": compare.ge, "<=": compare.le}


class _Number:
    """Who has no line has bought for nothing: Odoo finds them with "> 0", and not with "< 5"."""

    def _search_related(self, records, operator, value):
        found = super()._search_related(records, operator, value)
        if operator not in _COMPARED:
            return found
        has_bought = Domain(LINE, "!=", False)
        return found | ~has_bought if _COMPARED[operator](0, value) else found & has_bought


class _Integer(_Number, fields.Integer):
    pass


class _Monetary(_Number, fields.Monetary):
    pass


_NUMBERS = {fields.Integer: _Integer, fields.Monetary: _Monetary}


def of_line(name, field, **attributes):
    """Return a figure of the purchases at the company of whoever looks.

    :param field: the class of the field
    """
    if field is fields.Monetary:
        attributes["currency_field"] = "sheet_purchase_currency_id"
    field = _NUMBERS.get(field, field)
    return field(related=f"{LINE}.{name}", related_sudo=False, groups=SHEET_USER, **attributes)
