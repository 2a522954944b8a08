from odoo import api, models, tools
from odoo.fields import Domain

from ...sheet.fields import HOSTS

#: Whoever approves an erasure need be no privacy officer, and has to see it.
SEEN = frozenset({"customer.sheet.erasure"})
#: Of Odoo itself: what somebody is to do for a person, or has done.
THEIRS = frozenset({"mail.activity", "crm.activity.report"})


class IrRule(models.Model):
    """What hangs on a restricted contact or lead is hidden with it: traces, proposals, pairs,
    activities; not what was issued, nor meetings, which are in a colleague's diary, too."""

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        is_ours = model_name.startswith("customer.sheet.") and model_name not in SEEN
        if self.env.su or not (is_ours or model_name in THEIRS):
            return domain
        return domain & self._sheet_hanging_domain(model_name)

    @api.model
    def _sheet_hanging_domain(self, model_name):
        """Return the domain of the records of a model that hang on nobody restricted."""
        domain = Domain.TRUE
        hosts = self.env["customer.sheet.mixin"]._sheet_restricted_hosts()
        if not hosts or self.env.user._sheet_sees_restricted():
            return domain
        for name, host in self._sheet_hanging_fields(model_name):
            if host in hosts:
                domain &= ~Domain(name, "any!", ~self.env[host]._sheet_used_domain())
        if model_name == "mail.activity":
            for host in hosts:
                hidden = self.env[host].sudo().with_context(active_test=False)
                hidden = hidden._search(~hidden._sheet_used_domain())
                domain &= ~(Domain("res_model", "=", host) & Domain("res_id", "in", hidden))
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
