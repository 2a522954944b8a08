from odoo import api, fields, models
from odoo.fields import Domain

from ..chain import link


class CustomerSheetConsentSettingMixin(models.AbstractModel):
    """Settings by which the law is applied: a change made past the application shows.

    The fingerprint follows every change that a user or an update makes.
    """

    _name = "customer.sheet.consent.setting.mixin"
    _inherit = ["customer.sheet.cached.mixin"]
    _description = "Consent Setting with a Fingerprint"

    fingerprint = fields.Char(compute="_compute_fingerprint", store=True, copy=False)

    @api.model
    def _fingerprinted(self):
        """Return the names of the fields that decide.

        Where a version changes them, its update has to compute the fingerprints anew.
        """
        return []

    @api.depends(lambda self: self._fingerprinted())
    def _compute_fingerprint(self):
        for setting in self:
            setting.fingerprint = setting._fingerprint()

    def _fingerprint(self):
        setting = self.with_context(active_test=False)
        values = {name: setting[name] for name in self._fingerprinted()}
        numbers = {
            name: sorted(value.ids)
            for name, value in values.items()
            if self._fields[name].relational
        }
        return link("", {**values, **numbers})

    def _edited(self):
        """Return the settings that say something else than when the application wrote them."""
        self.env.flush_all()
        self.invalidate_model()
        settings = self.with_context(active_test=False).search(Domain.TRUE)
        return settings.filtered(lambda setting: setting.fingerprint != setting._fingerprint())
