from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class CustomerSheetMixin(models.AbstractModel):
    """Which records may be used: what is kept only because it must be is not.

    Record rules keep such records from people. Whatever reads the hosts as superuser, to count,
    to find, to write to somebody or to plan something, asks here. Nothing is left out by the
    trunk itself.
    """

    _inherit = "customer.sheet.mixin"

    @api.model
    def _sheet_used_domain(self):
        """Return the domain of the records that may be used."""
        return Domain.TRUE

    @api.model
    def _sheet_used_sql(self, alias):
        """Return the SQL condition that a record may be used."""
        return SQL("TRUE")

    @api.model
    def _sheet_unused_points(self, points):
        """Return the ``(kind, contact point)`` of people whose data may not be used.

        :param points: ``{"email" or "phone": normal forms}`` of which it is asked
        """
        return set()

    def _sheet_unused_why(self):
        """Return in words why this record may not be used, or ``""``."""
        return ""
