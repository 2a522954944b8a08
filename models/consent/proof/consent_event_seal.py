from odoo import models


class CustomerSheetConsentEvent(models.Model):
    """What sealing needs: finding the events of the last days in a long ledger."""

    _inherit = "customer.sheet.consent.event"

    # rows come in the order of time and stay: a block range index is a few pages for millions
    _recorded_index = models.Index("USING brin (recorded_at)")
