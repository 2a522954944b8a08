from datetime import timedelta

from odoo import api, fields, models

from ...consent.chain import keyed

#: The rows are of no use any more after so many hours.
KEPT = 24


class CustomerSheetVisit(models.Model):
    """How often a network or an address came lately, to tell a flood from people.

    What comes is kept as a keyed hash, for a day: it recognises and tells nothing.  The rows
    count in every process and on every server.
    """

    _name = "customer.sheet.visit"
    _description = "Visit of a Public Page"
    _log_access = False
    _rec_name = "at"

    key = fields.Char(required=True)
    at = fields.Datetime(required=True, default=fields.Datetime.now)

    _recent_index = models.Index("(key, at)")

    @api.model
    def _note(self, kind, text):
        """Note that ``text`` (an address, a network) came for something."""
        self.sudo().create({"key": self._key(kind, text)})

    @api.model
    def _is_over(self, kind, text, most, hours=1):
        """Return whether ``text`` came ``most`` times or more lately; never if ``most`` is zero."""
        since = fields.Datetime.now() - timedelta(hours=hours)
        domain = [("key", "=", self._key(kind, text)), ("at", ">", since)]
        return bool(most and text) and self.sudo().search_count(domain, limit=most) >= most

    @api.model
    def _key(self, kind, text):
        pepper = self.env["customer.sheet.consent.subject"].sudo()._pepper()
        return keyed(pepper, f"{kind}:{text}")

    @api.autovacuum
    def _gc_visits(self):
        before = fields.Datetime.now() - timedelta(hours=KEPT)
        self.search([("at", "<", before)]).unlink()
