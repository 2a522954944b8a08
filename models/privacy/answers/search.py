from odoo import models


class CustomerSheetSearch(models.Model):
    _inherit = "customer.sheet.search"

    def _advance(self):
        """Let the request that waits for the search list what was found."""
        done = super()._advance()
        if self.state == "done":
            requests = self.env["customer.sheet.request"].sudo()
            requests.search([("search_id", "=", self.id)])._note_passages()
        return done
