from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...sheet.fields import HOSTS, SHEET_FIELD, SHEET_USER
from .ground import GROUNDS

#: The global record rule of each host: active while somebody is restricted.
RULE = "crm_customer_sheet.sheet_restriction_rule_%s"


class CustomerSheetMixin(models.AbstractModel):
    """Kept, but not used: hidden from everybody but privacy officers and accounting.

    **How it works.**  Record rules hide restricted records; they are active only while there is
    one, so that databases without pay nothing.  What reads the hosts as superuser leaves them
    out by :meth:`_sheet_used_domain` and :meth:`_sheet_used_sql`.
    """

    _inherit = "customer.sheet.mixin"

    # read by the rule at each check of access: comes with the stock row
    sheet_restricted_on = fields.Datetime(
        "Restricted since", readonly=True, copy=False, groups=SHEET_USER
    )
    sheet_restricted_until = fields.Date(
        "Restricted until", readonly=True, copy=False, **SHEET_FIELD
    )
    sheet_restricted_ground = fields.Selection(
        GROUNDS, "Why restricted", readonly=True, copy=False, **SHEET_FIELD
    )
    sheet_restricted_words = fields.Text(
        "Restriction in words", readonly=True, copy=False, **SHEET_FIELD
    )

    # -- restricting, and lifting it -----------------------------------------------

    def _sheet_restrict(self, ground, until=None, words=""):
        """Keep these records, but let nobody use them; the caller has checked who may.

        Addresses and leads of a contact go with it.  Who is restricted already gets the new
        ground.

        :param ground: one of :data:`GROUNDS`
        :param until: the day on which it ends, if one knows
        """
        found = self.sudo()._sheet_with_theirs()
        for records in found:
            records._sheet_stamp(
                {
                    "sheet_restricted_on": fields.Datetime.now(),
                    "sheet_restricted_until": until,
                    "sheet_restricted_ground": ground,
                    "sheet_restricted_words": words,
                }
            )

    def _sheet_lift_restriction(self, words):
        """Let these records be used again; the caller has checked who may."""
