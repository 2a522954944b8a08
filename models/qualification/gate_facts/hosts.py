from odoo import api, models

from ..gate.hosts import ASK_KEY
from ..gate.plan import GateResult

#: So many leads are named in a refusal that is read as text.
MOST_NAMED = 10


class CrmLead(models.Model):
    """What there is to say of gates: in a refusal, in a warning, in the ring's list."""

    _inherit = "crm.lead"

    # -- facts ---------------------------------------------------------------

    def _sheet_gate_facts(self, results):
        """Return what :meth:`sheet_gate_check` does, from the results of one lead."""
        facts = {"passed": all(result.passed for result in results), "missing": [], "met": []}
        facts["still"] = sum(result.still for result in results)
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
                    "item": item.label,
                    "code": question.code,
                    "label": self._sheet_question_label(question.code),
                    "fields": self._sheet_own_first(holder.name for holder in question.own_holders),
                    "state": states.get(question.code),
                    "value": self.sudo()._sheet_answer_text(question)[:120],
                }
                for item, questions, _met in items
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
        return "\n- ".join([title, *self._sheet_refusal_lines(refusals)])

    def _sheet_refusal_lines(self, refusals):
        lines = [
            f"{refusal['name']}: {'; '.join(map(self._sheet_missing_text, refusal['missing']))}"
            for refusal in refusals[:MOST_NAMED]
        ]
        if len(refusals) > MOST_NAMED:
            more = len(refusals) - MOST_NAMED
            lines.append(self.env._("and %(count)s more", count=more))
        return lines

    def _sheet_missing_text(self, missing):
        labels = ", ".join(dict.fromkeys(item["label"] for item in missing["any_of"]))
        if labels == missing["criterion"]:
            return labels
        return f"{missing['criterion']} ({labels})"

    # -- warnings ------------------------------------------------------------

    def _sheet_gate_warn(self, kind, refusals):
        """Note on the leads what they lack, and tell the user, unless they have just been asked."""
        if kind == "entry":
            self._sheet_gate_note_moved(refusals)
        if self.env.context.get(ASK_KEY, True):
            message = self._sheet_gate_warning(kind, refusals)
            self.env.user._bus_send("simple_notification", {"type": "warning", "message": message})

    def _sheet_gate_warning(self, kind, refusals):
        """Return what a gate that only warns says of what has been done, on one line."""
        stage = self.sudo()[:1].stage_id.name
        leads = " · ".join(self._sheet_refusal_lines(refusals))
        if kind == "entry":
            return self.env._(
                "Moved to “%(stage)s” without what the stage needs. %(leads)s",
                stage=stage,
                leads=leads,
            )
        return self.env._(
            "“%(stage)s” needs what has been emptied. %(leads)s", stage=stage, leads=leads
        )

    def _sheet_gate_note_moved(self, refusals):
        """Note in the chatter what the leads lack that were moved all the same."""
        bodies = {}
        for refusal in refusals:
            bodies.setdefault(refusal["id"], []).extend(refusal["missing"])
        leads = self.sudo().filtered(lambda lead: lead.id in bodies)
        leads._message_log_batch(
            {
                lead.id: self.env._(
                    "Moved to “%(stage)s” without what the stage needs: %(missing)s. The lead is"
                    " listed under “To regularise”.",
                    stage=lead.stage_id.name,
                    missing="; ".join(
                        dict.fromkeys(map(self._sheet_missing_text, bodies[lead.id]))
                    ),
                )
                for lead in leads
            }
        )

    # -- the ring's list -----------------------------------------------------

    @api.model
    def _sheet_read_fields(self, answers):
        return sorted({"team_id", *super()._sheet_read_fields(answers)})

    def _sheet_gaps_of(self, states):
        """Add what gates ask for: the next one, and those that the lead stands behind unpassed."""
        return {**super()._sheet_gaps_of(states), "gates": self._sheet_gate_gaps(states)}

    def _sheet_gate_gaps(self, states):
        """Return what the gates ask for that the lead would not pass.

        :return: ``[{"stage", "is_behind", "still", "missing": [{"criterion", "needed",
            "is_confirmed", "items"}]}]``: ``still`` of the criteria are enough, and ``needed`` of
            the items of each, which are as :meth:`_sheet_gap` returns them
        """
        lead, saved = self.sudo(), self.sudo()._origin
        gates = lead._sheet_gates_near()
        confirmed = ()
        if any(gate.needs_evidence for gate in gates):
            confirmed = saved._sheet_evidence_codes().get(saved.id, ())
        results = [
            GateResult.of(gate, gate.judge(lead, states, confirmed), states) for gate in gates
        ]
        failing = [result for result in results if not result.passed]
        waived = saved._sheet_waived() if failing else ()
        return [
            self._sheet_gate_gap(result)
            for result in failing
            if (saved.id, result.gate.id) not in waived
        ]

    def _sheet_gates_near(self):
        """Return the gates that the lead stands behind, and of those before it the nearest.

        Without a query: the nearer a gate, the more stages lie behind it.
        """
        gates = [gate for gate in self._sheet_gates() if gate.concerns(self)]
        behind = [gate for gate in gates if self._sheet_is_behind(gate)]
        ahead = [
            gate
            for gate in gates
            if gate not in behind
            and not (gate.is_by_team and self._sheet_is_apart(gate, self.stage_id))
        ]
        nearest = max((len(gate.beyond_ids) for gate in ahead), default=0)
        return [*behind, *(gate for gate in ahead if len(gate.beyond_ids) == nearest)]

    def _sheet_gate_gap(self, result):
        gate = result.gate
        names = self.env["customer.sheet.catalogue.version"]._texts(self.env.lang or "en_US")
        stages = [name for id_, name in names["stages"].items() if id_ in gate.stage_ids]
        return {
            "stage": stages[0] if stages else gate.name,
            "is_behind": self.sudo()._sheet_is_behind(gate),
            "still": result.still,
            "missing": [
                {
                    "criterion": criterion.label,
                    "needed": min(criterion.minimum, len(items)) - sum(m for *_rest, m in items),
                    "is_confirmed": criterion.is_confirmed,
                    "items": [
                        self._sheet_gap(question, result.states[question.code], False)
                        for _item, questions, met in items
                        if not met
                        for question in questions
                    ],
                }
                for criterion, items, met in result.judged
                if not met
            ],
        }
