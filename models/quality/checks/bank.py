from odoo import api, fields, models

from ....tools.ids import bank_account
from ....tools.text import written_number
from ...sheet.fields import SHEET_USER
from .fields import STATUSES


class ResPartnerBank(models.Model):
    """Whether an account number that looks like an IBAN is one (ISO 13616)."""

    _inherit = "res.partner.bank"

    sheet_iban_status = fields.Selection(
        STATUSES, "IBAN status", compute="_compute_sheet_iban_status", groups=SHEET_USER
    )

    @api.depends("acc_number")
    def _compute_sheet_iban_status(self):
        for account in self:
            typed, _cut = written_number.plain(account.acc_number or "")
            looks_like_iban = typed[:2].isalpha() and len(typed) > 2
            verdict = bank_account.check_iban(typed) if looks_like_iban else None
            account.sheet_iban_status = verdict.status if verdict else False
