from odoo import api, models, tools
from odoo.fields import Domain

from ...sheet.fields import HOSTS

#: Whoever approves an erasure need be no privacy officer, and has to see it.
SEEN = frozenset({"customer.sheet.erasure"})


class IrRule(models.Model):
    """What hangs on a restricted contact or lead is hidden with it: traces, proposals, pairs..."""

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        if self.env.su or model_name in SEEN or not model_name.startswith("customer.sheet."):
            return domain
        return domain & self._sheet_hanging_domain(model_name)

    @api.model
    def _sheet_hanging_domain(self, model_name):
        """Return the domain of the records of a model of ours that hang on nobody restricted."""
        domain = Domain.TRUE
        if self.env["customer.sheet.mixin"]._sheet_restricted_hosts():
            for name, host in self._sheet_hanging_fields(model_name):
                used = self.env[host]._sheet_used_domain()
                if not used.is_true() and not self.env.user._sheet_sees_restricted():
                    domain &= ~Domain(name, "any!", ~used)
        return domain

    @api.model
    @tools.ormcache("model_name")
    def _sheet_hanging_fields(self, model_name):
        """Return ``(field, host)`` of what says on which contact or lead a record hangs."""
        fields = self.env[model_name]._fields.values()
        return tuple(
            (field.name, field.comodel_name)
            for field in fields
            if field.type == "many2one" and field.store and field.comodel_name in HOSTS
        )
