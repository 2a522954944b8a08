from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...sheet import clock
from ...sheet.fields import flag_domain


class CustomerSheetGateWaiver(models.Model):
    """A manager lets one lead through a gate, for a reason and until a day.

    What was granted, to whom and by whom stays; another reason or day is told on the lead.
    """

    _name = "customer.sheet.gate.waiver"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Gate Waiver"
    _order = "id desc"
    _rec_name = "gate_id"

    _sheet_editable = frozenset({"reason", "expires_on"})

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    gate_id = fields.Many2one("customer.sheet.gate", required=True, ondelete="cascade", index=True)
    reason = fields.Char(required=True)
    expires_on = fields.Date(
        "Valid until", required=True, default=lambda self: self._default_expires_on()
    )
    granted_by_id = fields.Many2one(
        "res.users",
        "Granted by",
        default=lambda self: self.env.user,
        readonly=True,
        ondelete="set null",
    )
    is_reminded = fields.Boolean(readonly=True)
    is_valid = fields.Boolean("Valid", compute="_compute_is_valid", search="_search_is_valid")

    def _default_expires_on(self):
        return fields.Date.add(fields.Date.context_today(self), days=30)

    @api.depends("expires_on")
    def _compute_is_valid(self):
        for waiver in self:
            today = clock.today(waiver.lead_id)
            waiver.is_valid = bool(waiver.expires_on and waiver.expires_on >= today)

    @api.model
    def _search_is_valid(self, operator, value):
        if operator != "in":
            return NotImplemented
        valid = Domain("expires_on", ">=", fields.Date.context_today(self))
        return flag_domain(valid, value)

    @api.constrains("expires_on")
    def _check_expires_on(self):
        today = fields.Date.context_today(self)
        for waiver in self:
            if not waiver.expires_on or waiver.expires_on < today:
                raise ValidationError(self.env._("“Valid until” must be today or later."))

    @api.model_create_multi
    def create(self, vals_list):
        given = {"granted_by_id": self.env.uid, "is_reminded": False}
        waivers = super().create([{**vals, **given} for vals in vals_list])
        self.env.registry.clear_cache()
        waivers._tell_lead()
        return waivers

    def write(self, vals):
        result = super().write(vals)
        if "expires_on" in vals:
            self.env.registry.clear_cache()
        if not self.env.su:
            if "expires_on" in vals:
                self.sudo().is_reminded = False  # of the day before
            self._tell_lead()
        return result

    @api.model
    @tools.ormcache("day")
    def _are_any(self, day):
        """Tell whether any waiver is valid on a day, without a query: mostly none is."""
        return bool(self.sudo().search_count([("expires_on", ">=", day)], limit=1))

    def _tell_lead(self):
        """Say in the chatter of the lead what is granted now."""
        for waiver in self:
            waiver.lead_id._message_log(
                body=self.env._(
                    "Waiver for “%(gate)s” until %(day)s: %(reason)s",
                    gate=waiver.gate_id.name,
                    day=fields.Date.to_string(waiver.expires_on),
                    reason=waiver.reason,
                )
            )

    @api.model
    def _cron_expired(self):
        """Remind the owner of each lead whose waiver has ended while answers are still missing."""
        ended = [("expires_on", "<=", fields.Date.today()), ("is_reminded", "=", False)]
        expired = self.sudo().search(ended).filtered(lambda waiver: not waiver.is_valid)
        gates = {gate.id: gate for gate in self.env["customer.sheet.gate"]._plans()}
        for waiver in expired:
            lead, gate = waiver.lead_id, gates.get(waiver.gate_id.id)
            if gate and lead.active and lead._sheet_is_behind(gate):
                for refusal in lead._sheet_gate_refusals({lead: [gate]}):
                    waiver._remind(refusal["missing"])
        expired.is_reminded = True

    def _remind(self, missing):
        self.lead_id.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=(self.lead_id.user_id or self.granted_by_id).id,
            summary=self.env._("The waiver for “%(gate)s” has ended", gate=self.gate_id.name),
            note="; ".join(map(self.lead_id._sheet_missing_text, missing)),
        )
