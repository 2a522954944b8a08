"""How the hosts' field of segments is declared."""

from odoo import fields

from ...sheet.fields import HOSTS

#: The field of both hosts.
FIELD = "sheet_segment_ids"


class SegmentsField(fields.Many2many):
    """The segments of a record: worked out when asked for, and grouped by all the same.

    Whether it can be grouped by is not tried out: that would compile every segment for each view.
    """

    def _description_groupable(self, env):
        return self.model_name in HOSTS
