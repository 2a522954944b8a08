from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, clean_context

from ...sheet import takes
from ...sheet.actor import acting, actor
from ...sheet.called import called
from ...sheet.fields import SHEET_FIELD, SHEET_USER
from ...sheet.life import NEW


class CrmLead(models.Model):
    """Waivers: asked for by a rep, granted by a manager (stock activities carry the request)."""

    _inherit = "crm.lead"

    sheet_waiver_ids = fields.One2many(
        "customer.sheet.gate.waiver", "lead_id", "Waivers", groups=SHEET_USER, copy=False
    )

    # -- leads that a person puts behind an enforced gate without going through it (T5) --
    #
    # Creating, copying, converting and merging leads is never refused, nor is a change of team,
    # but it is not silent either: the chatter says what is missing, the owner gets an activity,
    # and the gate asks when the lead is moved on. Gateway, forms, imports of new leads and the
    # system pass as before.
    sheet_gate_unasked_on = fields.Datetime(
        "Put behind a gate on",
        copy=False,
        readonly=True,
        help="When a person put the lead behind a gate that it did not pass.",
        **SHEET_FIELD,
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
        waivers = self.env["customer.sheet.gate.waiver"].sudo()
        today = fields.Date.context_today(self)
        if not self.ids or not waivers._are_any(today):
            return set()
        waivers = waivers.search([("lead_id", "in", self.ids), ("expires_on", ">=", today)])
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

    # -- the ways ------------------------------------------------------------

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "unasked": {NEW}}

    def _sheet_saved_unasked(self, change):
        self._sheet_gate_came_in()

    def convert_opportunity(self, *args, **kwargs):
        """Convert leads: a stage that Odoo chooses for them is not asked for."""
        with acting("conversion"):
            result = super().convert_opportunity(*args, **kwargs)
        self._sheet_gate_came_in()
        return result

    def merge_opportunity(self, *args, **kwargs):
        """Merge leads: the stage of the result is one that a lead already had."""
        merged = super().merge_opportunity(*args, **kwargs)
        merged._sheet_gate_came_in(is_merged=True)
        return merged

    def _sheet_merged(self):
        self._sheet_gate_came_in()
        return super()._sheet_merged()

    # -- what is said --------------------------------------------------------

    def _sheet_gate_came_in(self, is_merged=False):
        """Say which of these leads a person has just put behind a gate that they do not pass.

        Once a lead, but for what merges make of it.
        """
        if self.env.su or actor() != "person":
            return
        gates = self._sheet_gates()
        stands = {lead: [g for g in gates if lead._sheet_is_behind(g)] for lead in self.sudo()}
        self._sheet_gate_note(
            {
                lead: found
                for lead, found in stands.items()
                if found and (is_merged or not lead.sheet_gate_unasked_on)
            }
        )

    def _sheet_gate_note(self, gates_by_lead):
        """Note on the leads what their enforced gates miss, and tell their owners."""
        enforced = {
            lead: [gate for gate in gates if gate.mode == "enforce"]
            for lead, gates in gates_by_lead.items()
        }
        asked = self.browse(lead.id for lead, gates in enforced.items() if gates)
        if not asked:
            return
        asked._sheet_finish()
        missing = {}
        for refusal in self.sudo()._sheet_gate_refusals(enforced):
            missing.setdefault(refusal["id"], []).append(refusal)
        leads = self.env(context=clean_context(self.env.context))["crm.lead"].browse(missing)
        if leads:
            leads._sheet_stamp({"sheet_gate_unasked_on": fields.Datetime.now()})
            bodies = {lead.id: lead._sheet_unasked_text(missing[lead.id]) for lead in leads.sudo()}
            leads.sudo()._message_log_batch(bodies)
            leads.sudo()._sheet_schedule_regularising(bodies)

    def _sheet_unasked_text(self, refusals):
        missing = [each for refusal in refusals for each in refusal["missing"]]
        return self.env._(
            "Put into “%(stage)s” without what the stage needs: %(missing)s. The lead is listed"
            " under “To regularise”; it can be moved on once this is known.",
            stage=self.stage_id.name,
            missing="; ".join(dict.fromkeys(map(self._sheet_missing_text, missing))),
        )

    def _sheet_schedule_regularising(self, notes):
        """Give the owner of each lead something to do; without an owner, whoever put it there.

        :param notes: ``{lead id: text}``
        """
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        activities.create([lead._sheet_prepare_regularising(notes[lead.id]) for lead in self])

    def _sheet_prepare_regularising(self, note):
        owner = self.user_id.filtered("active") or self.env.user
        find = self.env["ir.model.data"]._xmlid_to_res_id  # in Odoo's cache
        return {
            "activity_type_id": find("mail.mail_activity_data_todo", raise_if_not_found=False),
            "automated": True,
            "date_deadline": fields.Date.context_today(self.with_context(tz=owner.tz)),
            "note": note,
            "res_id": self.id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "summary": self.env._("To regularise: %(stage)s", stage=self.stage_id.name),
            "user_id": owner.id,
        }
