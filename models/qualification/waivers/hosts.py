from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import SHEET_USER


class CrmLead(models.Model):
    """Waivers: asked for by a rep, granted by a manager (stock activities carry the request)."""

    _inherit = "crm.lead"

    sheet_waiver_ids = fields.One2many(
        "customer.sheet.gate.waiver", "lead_id", "Waivers", groups=SHEET_USER, copy=False
    )

    @called(one=True, gate_id=takes.number, reason=takes.text)
    def sheet_gate_ask_waiver(self, gate_id, reason):
        """Ask the team's leader to let the lead through a gate.

        :return: the name of the person who was asked
        """
        self._sheet_check_access("write")
        gate = self.env["customer.sheet.gate"].browse(gate_id).exists()
        if not (reason or "").strip():
            raise UserError(self.env._("Say in “Reason” why the lead should pass."))
        manager = self._sheet_waiver_manager()
        self.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=manager.id,
            summary=self.env._("Waiver asked for “%(gate)s”", gate=gate.name),
            note=self.env._("%(user)s: %(reason)s", user=self.env.user.name, reason=reason.strip()),
        )
        return manager.name

    def _sheet_waiver_manager(self):
        """Return who decides: the leader of the team, or any sales manager of the company."""
        leader = self.sudo().team_id.user_id
        managers = self.env.ref("sales_team.group_sale_manager").sudo().all_user_ids
        if leader and leader in managers:
            return leader
        company = self.company_id or self.env.company
        people = managers.filtered(lambda user: user.active and company in user.company_ids)
        people = people.filtered(lambda user: not user._is_superuser()) or people
        if not people:
            raise UserError(self.env._("There is no sales administrator to ask."))
        return people.sorted("id")[0]

    def _sheet_waived(self):
        """Return ``{(lead id, gate id)}``: which of these leads a waiver lets through, today."""
        valid = [("lead_id", "in", self.ids), ("expires_on", ">=", fields.Date.context_today(self))]
        waivers = self.env["customer.sheet.gate.waiver"].sudo().search(valid)
        return {(waiver.lead_id.id, waiver.gate_id.id) for waiver in waivers}

    @api.model
    def _sheet_waived_sql(self, alias, gate):
        """Return the SQL twin of :meth:`_sheet_waived`."""
        return SQL(
            "EXISTS (SELECT 1 FROM customer_sheet_gate_waiver w"
            " WHERE w.lead_id = %s AND w.gate_id = %s AND w.expires_on >= %s)",
            SQL.identifier(alias, "id"),
            gate.id,
            fields.Date.context_today(self),
        )

    @called(one=True)
    def action_sheet_waiver(self):
        """Open the form that grants a waiver."""
        gates = [gate.id for gate in self._sheet_gates()]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Grant a waiver"),
            "res_model": "customer.sheet.gate.waiver",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lead_id": self.id, "default_gate_id": gates[:1] and gates[0]},
        }

    @api.model
    def _sheet_merged_models(self):
        return [*super()._sheet_merged_models(), "customer.sheet.gate.waiver"]
