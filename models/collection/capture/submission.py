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

    def _lead_values(self):
        """A lead that somebody met at a fair is theirs, and in their team unless the form says."""
        values = super()._lead_values()
        if self.captured_by_id:
            values["user_id"] = self.captured_by_id.id
            values["priority"] = PRIORITIES.get(self.temperature, "0")
            if not values["team_id"]:
                del values["team_id"]
        return values

    def _erase(self):
        self.sudo().write({"photo": False, "temperature": False})
        return super()._erase()
