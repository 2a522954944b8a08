from odoo import fields, models

#: Stock's stars of a lead, by how interested its visitor was.
PRIORITIES = {"cold": "0", "warm": "1", "hot": "2"}


class CustomerSheetSubmission(models.Model):
    """Cards of a fair are submissions; those of which there is only a photo wait to be typed."""

    _inherit = "customer.sheet.submission"

    captured_by_id = fields.Many2one(
        "res.users", "Captured by", readonly=True, ondelete="set null", index="btree_not_null"
    )
    temperature = fields.Selection(
        [("cold", "Cold"), ("warm", "Warm"), ("hot", "Hot")], "Interest", readonly=True
    )
    photo = fields.Image(readonly=True, max_width=1920, max_height=1920)

    def _erase(self):
        self.sudo().write({"photo": False, "temperature": False})
        return super()._erase()
