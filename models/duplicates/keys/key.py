from odoo import fields, models

from .kinds import KIND_NAMES, BigInteger


class CustomerSheetMatchKey(models.Model):
    """A value that a contact or an open lead has in common with its likely twins, hashed.

    No unique constraint: two customers saved at one time must not wait for each other, and a
    merge must not fail.  Found by ``find``; the score then compares the profiles themselves, so
    that two values of one hash do no harm.
    """

    _name = "customer.sheet.match.key"
    _description = "Match Key"
    _log_access = False
    _rec_name = "kind"

    partner_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="cascade")
    kind = fields.Selection(KIND_NAMES, required=True)
    h = BigInteger("Hash", required=True)
    strong = fields.Boolean(help="Names one customer rather than many.")

    _lookup_index = models.Index("(h, kind) INCLUDE (partner_id, lead_id)")
