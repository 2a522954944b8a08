from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..sheet import takes
from ..sheet.called import called
from ..sheet.sheet_fields import SHEET_USER
from .exceptions import GateRefused

#: Set while an import or a merge runs: nobody is moving leads by hand.  Not a context key,
#: which any RPC call can set.
_AUTOMATIC = ContextVar("crm_customer_sheet_automatic", default=False)


class CrmLead(models.Model):
    """Gates stand before stages, on every way a person can take (C7).

    The check runs after the write, so that answers and stage can be saved at once; a refusal
    rolls both back.
    """

    _inherit = "crm.lead"

    sheet_gate_failing = fields.Boolean(
        "To regularise",
        compute="_compute_sheet_gate_failing",
        search="_search_sheet_gate_failing",
        groups=SHEET_USER,
        help="The lead is in or beyond a stage whose gate it does not pass.",
    )

    # -- called by the web client ------------------------------------------

    @api.readonly
    @called(one=True, stage_id=takes.number)
    def sheet_gate_check(self, stage_id):
        """Tell whether the lead may enter a stage.

        :return: ``{"passed": bool, "missing": [...], "met": [...]}``, both lists of
            ``{"gate", "criterion", "needed", "any_of": [{"code", "label", "fields", "state",
            "value"}]}``
        """
        self._sheet_check_access("read")
        stage = self.env["crm.stage"].browse(stage_id).exists()
        lead = self.sudo()
        gates = [g for g in self._sheet_gates() if lead._sheet_enters(g, lead.stage_id, stage)]
        return self._sheet_gate_facts(lead._sheet_gate_results({lead: gates}).get(self.id, []))

    # -- on every way --------------------------------------------------------

    def write(self, vals):
        if self.env.su or _AUTOMATIC.get():
            return super().write(vals)
        gates = self._sheet_gates_touched(vals)
        if not gates:
            return super().write(vals)
        before = self._sheet_gate_before(gates, vals)
        result = super().write(vals)
        self._sheet_gate_after(before, vals)
        return result

    @api.model
    def load(self, fields, data):  # pylint: disable=redefined-outer-name
        """Import leads: what an old file says is kept, and listed where a gate objects."""
        with _automatic():
            return super().load(fields, data)

    def merge_opportunity(self, *args, **kwargs):
        """Merge leads: the stage of the result is one that a lead already had."""
        with _automatic():
            return super().merge_opportunity(*args, **kwargs)

    @api.model
    def _sheet_gates(self):
        return self.env["customer.sheet.gate"]._plans()

    def _sheet_gates_touched(self, vals):
        """Return the gates that these values may concern: usually none, without a query."""
        gates = self._sheet_gates()
        return gates if "stage_id" in vals else [g for g in gates if g.field_names & vals.keys()]

    def _sheet_gate_before(self, gates, vals):
        """Return ``[(lead, its stage, gates it stands behind and passes)]``."""
        emptied = [gate for gate in gates if gate.field_names & vals.keys()]
        leads = self.sudo()
        behind = {lead: [gate for gate in emptied if lead._sheet_is_behind(gate)] for lead in leads}
        results = leads._sheet_gate_results(behind)
        return [
            (lead, lead.stage_id, [r.gate for r in results.get(lead.id, ()) if r.passed])
            for lead in leads
        ]

    def _sheet_gate_after(self, before, vals):
        """Refuse, or warn of, what the write has done."""
        entered, kept = {}, {}
        for lead, origin, passed in before:
            gates = self._sheet_gates() if "stage_id" in vals else ()
            entered[lead] = [gate for gate in gates if lead._sheet_enters(gate, origin)]
            kept[lead] = [gate for gate in passed if lead._sheet_is_behind(gate)]
        for kind, gates_by_lead in (("entry", entered), ("emptied", kept)):
            refusals = self._sheet_gate_refusals(gates_by_lead)
            enforced = [refusal for refusal in refusals if refusal["mode"] == "enforce"]
            if enforced:
                raise GateRefused(*self._sheet_gate_refusal(kind, enforced))
            if refusals:
                self._sheet_gate_warn(kind, refusals)

    # -- which gates ---------------------------------------------------------

    def _sheet_enters(self, gate, origin, target=None):
        """Tell whether going from ``origin`` to ``target`` enters a stage of the gate or jumps it.

        Strictly forward: some databases give all stages one sequence.
        """
        target = target or self.stage_id
        if origin == target or not target or not gate.concerns(self):
            return False
        start = origin.sequence if origin else -1
        if target.id in gate.stage_ids and origin.id not in gate.stage_ids:
            return start <= target.sequence
        apart = origin.team_ids and self._sheet_is_apart(gate, target)
        stages = self.env["crm.stage"].sudo().browse(gate.stage_ids)
        return not apart and any(start < stage.sequence < target.sequence for stage in stages)

    def _sheet_is_behind(self, gate):
        """Tell whether the lead stands in a stage of the gate or behind it."""
        if self.stage_id.id in gate.stage_ids:
            return gate.concerns(self)
        stages = self.env["crm.stage"].sudo().browse(gate.stage_ids)
        behind = any(stage.sequence < self.stage_id.sequence for stage in stages)
        return gate.concerns(self) and behind and not self._sheet_is_apart(gate, self.stage_id)

    @api.model
    def _sheet_is_apart(self, gate, stage):
        """Tell whether a stage is in a pipeline of its own team, which the gate does not name.

        A gate on a stage for all teams does not stand between the own stages of one team.
        """
        stages = self.env["crm.stage"].sudo().browse(gate.stage_ids)
        return bool(stage.team_ids and not gate.team_ids and not stages.team_ids)

    # -- to regularise -------------------------------------------------------

    def _compute_sheet_gate_failing(self):
        behind = {
            lead: [gate for gate in self._sheet_gates() if lead._sheet_is_behind(gate)]
            for lead in self.sudo()
        }
        results = self._sheet_gate_results(behind)
        for lead in self:
            lead.sheet_gate_failing = not all(r.passed for r in results.get(lead.id, ()))

    @api.model
    def _search_sheet_gate_failing(self, operator, value):
        if operator != "in":
            return NotImplemented
        self._check_field_access(self._fields["sheet_gate_failing"], "read")
        failing = Domain.OR(self._sheet_failing_domain(gate) for gate in self._sheet_gates())
        return failing if True in value else ~failing

    @api.model
    def _sheet_failing_domain(self, gate):
        """Return the domain of the leads behind a gate that they do not pass."""
        beyond = self.env["customer.sheet.gate"].browse(gate.id)._stages_beyond()
        domain = Domain("stage_id", "in", beyond.ids)
        if gate.team_ids:
            domain &= Domain("team_id", "in", list(gate.team_ids))

        def to_sql(model, alias, query):
            waived = model._sheet_waived_sql(alias, gate)
            return SQL("NOT (%s OR %s)", gate.sql_passes(model, alias), waived)

        self.flush_model()
        return domain & Domain.custom(to_sql=to_sql)


@contextmanager
def _automatic():
    token = _AUTOMATIC.set(True)
    try:
        yield
    finally:
        _AUTOMATIC.reset(token)
