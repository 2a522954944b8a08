from odoo import api, models
from odoo.tools import SQL

from .plan import GateResult

#: So many leads are named in a refusal that is read as text.
MOST_NAMED = 10


class CrmLead(models.Model):
    """Judging leads in front of gates, and what there is to say of them."""

    _inherit = "crm.lead"

    # -- judging -------------------------------------------------------------

    @api.model
    def _sheet_gate_results(self, gates_by_lead):
        """Judge leads in front of gates, in a number of queries that does not grow with them.

        :param gates_by_lead: ``{lead: [gate]}``, leads as superuser
        :return: ``{lead id: [GateResult]}``
        """
        leads = self.browse([lead.id for lead, gates in gates_by_lead.items() if gates])
        leads = leads.sudo().with_context(active_test=False, lang=None)
        leads.fetch(leads._sheet_read_fields(leads._sheet_plan().field_names))
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
