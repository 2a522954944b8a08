from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import SHEET_USER, flag_domain
from .exceptions import GateRefused, RowRefused
from .plan import GateResult

#: Who moves a lead that is already there by hand: a file does what its person wants.
BY_HAND = {"person", "import"}

#: Fields from which Odoo computes the stage.
STAGE_DEPENDS = {"team_id", "user_id", "type"}


#: So many leads are named in a refusal that is read as text.
MOST_NAMED = 10


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
        gates = [g for g in self._sheet_gates() if lead._sheet_is_asked(g, lead.stage_id, stage)]
        return self._sheet_gate_facts(lead._sheet_gate_results({lead: gates}).get(self.id, []))

    # -- on every way --------------------------------------------------------

    @api.model
    def _sheet_watches(self):
        answers = self._sheet_plan().field_names
        return {**super()._sheet_watches(), "gate": {"stage_id", *STAGE_DEPENDS, *answers}}

    def _sheet_prepare_gate(self, change):
        if not self.env.su and change.actor in BY_HAND:
            gates = self._sheet_gates_touched(change.names)
            change.notes["gate"] = gates and self._sheet_gate_before(gates, change.names)

    def _sheet_saved_gate(self, change):
        if before := change.notes.get("gate"):
            self._sheet_gate_after(before, by_hand="stage_id" in change.names)

    def _load_records(self, data_list, update=False):
        """Import leads; let Odoo find the row that moves a lead past a gate.

        It tries all rows at once first and would name the first one for a refusal of another.
        """
        try:
            return super()._load_records(data_list, update)
        except GateRefused as refusal:
            if len(data_list) > 1:
                raise RowRefused from refusal
            raise

    @api.model
    def _sheet_gates(self):
        return self.env["customer.sheet.gate"]._plans()

    @api.model
    def _sheet_gates_touched(self, names):
        """Return the gates that a write of these fields concerns: mostly none, without a query."""
        gates = self._sheet_gates()
        if "stage_id" in names:
            return gates
        moves = not STAGE_DEPENDS.isdisjoint(names)
        return [g for g in gates if g.field_names & names or (moves and g.is_by_team)]

    def _sheet_gate_before(self, gates, names):
        """Return ``[(lead, its stage, gates it stands behind, those of them it passes)]``.

        Only gates that a write of these fields can empty are judged.
        """
        leads = self.sudo()
        behind = {lead: [gate for gate in gates if lead._sheet_is_behind(gate)] for lead in leads}
        emptied = {
            lead: [gate for gate in stands if gate.field_names & names]
            for lead, stands in behind.items()
        }
        results = leads._sheet_gate_results(emptied)
        return [
            (lead, lead.stage_id, stands, [r.gate for r in results.get(lead.id, ()) if r.passed])
            for lead, stands in behind.items()
        ]

    def _sheet_gate_after(self, before, by_hand):
        """Refuse, warn of, or note what the write has done.

        :param by_hand: somebody chose the stage, which else Odoo did if it has changed
        """
        entered, kept, came = {}, {}, {}
        for lead, origin, stood, passed in before:
            gates = self._sheet_gates()
            stands = [gate for gate in gates if lead._sheet_is_behind(gate)]
            entered[lead] = [g for g in gates if by_hand and lead._sheet_is_asked(g, origin)]
            kept[lead] = [gate for gate in passed if gate in stands]
            came[lead] = [gate for gate in stands if gate not in stood and not by_hand]
        for kind, gates_by_lead in (("entry", entered), ("emptied", kept)):
            refusals = self._sheet_gate_refusals(gates_by_lead)
            enforced = [refusal for refusal in refusals if refusal["mode"] == "enforce"]
            if enforced:
                raise GateRefused(*self._sheet_gate_refusal(kind, enforced))
            if refusals:
                self._sheet_gate_warn(kind, refusals)
        self._sheet_gate_note(came)

    # -- which gates ---------------------------------------------------------

    def _sheet_is_asked(self, gate, origin, target=None):
        """Tell whether a gate is to be passed on the way from ``origin`` to ``target``.

        On entering; and on going on from behind it, for a lead that was put there unasked.
        """
        target = target or self.stage_id
        if self._sheet_enters(gate, origin, target):
            return True
        behind = gate.beyond_ids.issuperset((origin.id, target.id)) and gate.concerns(self)
        return behind and origin.sequence < target.sequence and bool(self.sheet_gate_unasked_on)

    def _sheet_enters(self, gate, origin, target=None):
        """Tell whether going from ``origin`` to ``target`` enters a stage of the gate or jumps it.

        Between stages behind it, strictly forward: some databases give all stages one sequence.
        """
        target = target or self.stage_id
        if origin == target or not target or not gate.concerns(self):
            return False
        if target.id in gate.beyond_ids and origin.id not in gate.beyond_ids:
            return True
        start = origin.sequence if origin else -1
        if target.id in gate.stage_ids and origin.id not in gate.stage_ids:
            return start <= target.sequence
        apart = origin.team_ids and self._sheet_is_apart(gate, target)
        stages = self.env["crm.stage"].sudo().browse(gate.stage_ids)
        return not apart and any(start < stage.sequence < target.sequence for stage in stages)

    def _sheet_is_behind(self, gate):
        """Tell whether the lead stands in a stage of the gate or behind it."""
        return self.stage_id.id in gate.beyond_ids and gate.concerns(self)

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
        return flag_domain(failing, value)

    @api.model
    def _sheet_failing_domain(self, gate):
        """Return the domain of the leads behind a gate that they do not pass."""
        domain = Domain("stage_id", "in", list(gate.beyond_ids))
        if gate.team_ids:
            domain &= Domain("team_id", "in", list(gate.team_ids))

        def to_sql(model, alias, query):
            waived = model._sheet_waived_sql(alias, gate)
            return SQL("NOT (%s OR %s)", gate.sql_passes(model, alias), waived)

        self.flush_model()
        return domain & Domain.custom(to_sql=to_sql)

    # -- judging leads in front of gates, and what there is to say of them -----

    # -- judging -------------------------------------------------------------

    @api.model
    def _sheet_gate_results(self, gates_by_lead):
        """Judge leads in front of gates, in a number of queries that does not grow with them.

        :param gates_by_lead: ``{lead: [gate]}``, leads as superuser
        :return: ``{lead id: [GateResult]}``
        """
        leads = self.browse([lead.id for lead, gates in gates_by_lead.items() if gates])
        leads = leads._sheet_to_judge()
        states = leads._sheet_plan().states(leads, optional=True)
        gates = [gate for gates in gates_by_lead.values() for gate in gates]
        confirmed = leads._sheet_evidence_codes() if any(g.needs_evidence for g in gates) else {}
        results = {
            lead.id: [
                GateResult.of(
                    gate,
                    gate.judge(lead, states[lead.id], confirmed.get(lead.id, ())),
                    states[lead.id],
                )
                for gate in gates
            ]
            for lead, gates in gates_by_lead.items()
            if gates
        }
        return leads._sheet_apply_waivers(results)

    def _sheet_evidence_rows(self):
        """Return the answers that somebody confirmed on evidence."""
        return self._sheet_answers().filtered(lambda row: row.state == "confirmed" and row.evidence)

    def _sheet_evidence_codes(self):
        """Return ``{lead id: codes of the answers confirmed on evidence}``, in one query."""
        if not self._origin.ids:
            return {}
        self.env["customer.sheet.answer"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.lead_id, array_agg(q.code)
                  FROM customer_sheet_answer a
                  JOIN customer_sheet_question q ON q.id = a.question_id
                 WHERE a.lead_id = ANY(%s)
                   AND a.state = 'confirmed'
                   AND COALESCE(a.evidence, '') <> ''
                 GROUP BY a.lead_id
                """,
                self._origin.ids,
            )
        )
        return {lead_id: set(codes) for lead_id, codes in rows}

    @api.model
    def _sheet_evidence_sql(self, alias, code):
        """Return the SQL twin of :meth:`_sheet_evidence_codes`."""
        return SQL(
            """
            EXISTS (SELECT 1
                      FROM customer_sheet_answer e
                      JOIN customer_sheet_question eq ON eq.id = e.question_id
                     WHERE e.lead_id = %s
                       AND eq.code = %s
                       AND e.state = 'confirmed'
                       AND COALESCE(e.evidence, '') <> '')
            """,
            SQL.identifier(alias, "id"),
            code,
        )

    def _sheet_apply_waivers(self, results):
        """Let those pass that a manager let pass."""
        failing = [id_ for id_, found in results.items() if not all(r.passed for r in found)]
        waived = self.browse(failing)._sheet_waived() if failing else set()
        return {
            id_: [r._replace(passed=r.passed or (id_, r.gate.id) in waived) for r in found]
            for id_, found in results.items()
        }

    def _sheet_gate_facts(self, results):
        """Return what :meth:`sheet_gate_check` does, from the results of one lead."""
        facts = {"passed": all(result.passed for result in results), "missing": [], "met": []}
        for result in results:
            for criterion, items, met in result.judged:
                facts["met" if met else "missing"].append(
                    self._sheet_criterion_facts(result.gate, criterion, items, result.states)
                )
        return facts

    def _sheet_criterion_facts(self, gate, criterion, items, states):
        return {
            "gate": gate.name,
            "criterion": criterion.label,
            "needed": criterion.minimum,
            "is_confirmed": criterion.is_confirmed,
            "any_of": [
                {
                    "code": question.code,
                    "label": self._sheet_question_label(question.code),
                    "fields": self._sheet_own_first(holder.name for holder in question.own_holders),
                    "state": states.get(question.code),
                    "value": self.sudo()._sheet_answer_text(question)[:120],
                }
                for _item, questions, _met in items
                for question in questions
            ],
        }

    def _sheet_question_label(self, code):
        texts = self.env["customer.sheet.catalogue.version"]._texts(self.env.lang or "en_US")
        return texts["questions"].get(code, {}).get("label", code)

    # -- refusals ------------------------------------------------------------

    def _sheet_gate_refusals(self, gates_by_lead):
        """Return the facts of the leads that fail one of their gates."""
        refusals = []
        results = self._sheet_gate_results(gates_by_lead)
        for lead in gates_by_lead:
            for result in results.get(lead.id, ()):
                if not result.passed:
                    mine = lead.with_env(self.env)
                    head = {"id": lead.id, "name": lead.display_name, "gate": result.gate.name}
                    gate = {"gate_id": result.gate.id, "mode": result.gate.mode}
                    refusals.append({**head, **gate, **mine._sheet_gate_facts([result])})
        return refusals

    def _sheet_gate_refusal(self, kind, refusals):
        """Return the message and the facts of a refusal."""
        stage = self.sudo()[:1].stage_id
        refused = {refusal["id"] for refusal in refusals}
        facts = {
            "kind": kind,
            "stage": [stage.id, stage.name],
            "leads": refusals,
            "passed": [lead.id for lead in self if lead.id not in refused],
        }
        return self._sheet_gate_message(kind, refusals, stage), facts

    def _sheet_gate_message(self, kind, refusals, stage):
        """Return a refusal in words, for those who have no dialog: RPC, imports of others."""
        if kind == "entry":
            title = self.env._("To enter “%(stage)s”, this is missing:", stage=stage.name)
        else:
            title = self.env._(
                "“%(stage)s” needs these answers; they cannot be emptied:", stage=stage.name
            )
        lines = [
            f"- {refusal['name']}: {'; '.join(map(self._sheet_missing_text, refusal['missing']))}"
            for refusal in refusals[:MOST_NAMED]
        ]
        if len(refusals) > MOST_NAMED:
            more = len(refusals) - MOST_NAMED
            lines.append(self.env._("- and %(count)s more", count=more))
        return "\n".join([title, *lines])

    def _sheet_missing_text(self, missing):
        labels = ", ".join(dict.fromkeys(item["label"] for item in missing["any_of"]))
        if labels == missing["criterion"]:
            return labels
        return f"{missing['criterion']} ({labels})"

    def _sheet_gate_warn(self, kind, refusals):
        """Tell the user what is missing; the lead moves all the same."""
        stage = self.sudo()[:1].stage_id
        self.env.user._bus_send(
            "simple_notification",
            {"type": "warning", "message": self._sheet_gate_message(kind, refusals, stage)},
        )
