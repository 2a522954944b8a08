from odoo import api, models


class CustomerSheetPerson(models.AbstractModel):
    """What of a person has to be kept."""

    _inherit = "customer.sheet.person"

    @api.model
    def _held(self, known):
        """Return the :class:`Held` documents of a person: empty where the apps are missing.

        :param known: what :meth:`_expand` says
        """
        return []

    @api.model
    def _held_until(self, known):
        """Return the last day on which something of a person is kept, or ``None``."""
        return max((held.until for held in self._held(known)), default=None)
