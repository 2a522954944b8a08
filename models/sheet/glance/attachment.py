from odoo import fields, models

from ..fields import SHEET_USER

DOCUMENT_KINDS = [
    ("rfi", "Request for information"),
    ("specification", "Specification"),
    ("quote", "Quotation"),
    ("purchase_order", "Purchase order"),
    ("photo", "Photo"),
    ("other", "Other"),
]


class IrAttachment(models.Model):
    _name = "ir.attachment"
    _inherit = ["ir.attachment", "customer.sheet.private.mixin"]

    sheet_document_kind = fields.Selection(
        DOCUMENT_KINDS,
        string="Kind of document",
        groups=SHEET_USER,
        index="btree_not_null",
    )

    def copy_data(self, default=None):
        return self._sheet_copy_data(super().copy_data, default)
