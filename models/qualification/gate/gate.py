from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.called import called
from .plan import GatePlan

#: What of a criterion decides who passes.
CRITERION_FIELDS = ("question_ids", "pillar_ids", "minimum", "is_confirmed")


class CustomerSheetGate(models.Model):
    """What must be known of a lead before a person may move it into a stage (C7).

    It is checked when the stage is entered, or jumped over, by a person.  Creation, imports of
    new leads, automatic flows and assignment are never held up: what came in beyond a gate is
    listed, and what a person put there is noted on the lead.
    """

    _name = "customer.sheet.gate"
    _description = "Stage Gate"
    _inherit = ["mail.thread", "customer.sheet.cached.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    mode = fields.Selection(
        [("off", "Off"), ("warn", "Warn"), ("enforce", "Enforce")],
        required=True,
        default="warn",
        tracking=True,
        help="Warn: who moves a lead is shown what is missing and may move it anyway. Enforce: it"
        " stays.",
    )
    stage_ids = fields.Many2many("crm.stage", string="Stages", required=True)
    team_ids = fields.Many2many("crm.team", string="Teams", help="Leave empty for all teams.")
    criterion_ids = fields.One2many(
        "customer.sheet.gate.criterion", "gate_id", "Criteria", copy=True
    )
    minimum = fields.Integer(
        "Criteria needed", help="How many of the criteria are enough; 0 stands for all of them."
    )
    open_count = fields.Integer("Open leads", compute="_compute_impact")
    failing_count = fields.Integer("Would not pass", compute="_compute_impact")

    _minimum_positive = models.Constraint(
        "CHECK (minimum >= 0)", "The number of criteria needed cannot be negative."
    )

    @api.depends(*(f"criterion_ids.{name}" for name in CRITERION_FIELDS), "minimum", "team_ids")
    def _compute_impact(self):
        """Count the open leads that would not pass, before anybody is held up."""
        leads = self.env["crm.lead"]
        leads.flush_model()
        for gate in self:
            query = leads._search(gate._open_leads_domain(), order="id")
            query.order = None
            passes = gate._compile().sql_passes(leads, query.table)
            counts = query.select(SQL("count(*)"), SQL("count(*) FILTER (WHERE NOT %s)", passes))
            [(gate.open_count, gate.failing_count)] = self.env.execute_query(counts)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_waived(self):
        """Keep the waivers, which would go with the gate (T6)."""
        waivers = self.env["customer.sheet.gate.waiver"].sudo()
        if found := waivers.search([("gate_id", "in", self.ids)], limit=1).gate_id:
            raise UserError(
                self.env._(
                    "Waivers have been granted for the gate “%(gate)s”. Archive it instead: it"
                    " asks nothing from then on, and who let which lead through stays written.",
                    gate=found.name,
                )
            )

    def _open_leads_domain(self):
        domain = Domain("won_status", "=", "pending")
        return domain & Domain("team_id", "in", self.team_ids.ids) if self.team_ids else domain

    def _failing_domain(self):
        """Return the domain of the open leads that do not meet the criteria."""
        compiled = self._compile()

        def to_sql(model, alias, query):
            return SQL("NOT %s", compiled.sql_passes(model, alias))

        self.env["crm.lead"].flush_model()
        return self._open_leads_domain() & Domain.custom(to_sql=to_sql)

    @called(one=True)
    def action_open_failing(self):
        """Open the leads that would not pass."""
        action = self.env["ir.actions.act_window"]._for_xml_id("crm.crm_lead_action_pipeline")
        failing = self.env["crm.lead"].search(self._failing_domain())
        return {
            **action,
            "name": self.env._("Would not pass “%(gate)s”", gate=self.name),
            "domain": [("id", "in", failing.ids)],
            "views": [(False, "list"), (False, "form")],
            "context": {},
        }

    # -- compiled ------------------------------------------------------------

    @api.model
    @tools.ormcache("self.env.lang")
    def _plans(self):
        """Return the compiled :class:`GatePlan` of every gate that is on."""
        return [plan for plan in self._compiled(Domain.TRUE) if plan.mode != "off"]

    def _compile(self):
        """Return the :class:`GatePlan` of this gate as it stands on a screen, saved or not."""
        gate = self.sudo().with_context(active_test=False)
        row = {
            **{name: gate[name] for name in ("id", "name", "mode", "minimum")},
            **{name: gate[name].ids for name in ("stage_ids", "team_ids")},
            "criteria": [criterion._row() for criterion in gate.criterion_ids],
        }
        return self._compiled_row(row, self.env["crm.lead"]._sheet_plan().questions)

    @api.model
    def _compiled(self, domain):
        """Return the plans of some gates, read in one query: any write may need them cold."""
        self.env.flush_all()
        questions = self.env["crm.lead"]._sheet_plan().questions
        query = self.sudo()._search(domain)
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT g.id, g.mode, g.minimum, %s AS name, s.ids AS stage_ids, t.ids AS team_ids,
                       b.ids AS beyond_ids, c.rows AS criteria,
                       t.ids IS NOT NULL
                       OR EXISTS (SELECT 1 FROM crm_stage_crm_team_rel) AS is_by_team
                  FROM customer_sheet_gate g
                  LEFT JOIN LATERAL (SELECT array_agg(crm_stage_id) AS ids
                                       FROM crm_stage_customer_sheet_gate_rel
                                      WHERE customer_sheet_gate_id = g.id) s ON TRUE
                  LEFT JOIN LATERAL (SELECT array_agg(crm_team_id) AS ids
                                       FROM crm_team_customer_sheet_gate_rel
                                      WHERE customer_sheet_gate_id = g.id) t ON TRUE
                  LEFT JOIN LATERAL (%s) b ON TRUE
                  LEFT JOIN LATERAL (%s) c ON TRUE
                 WHERE g.id IN %s
                 ORDER BY g.sequence, g.id
                """,
                self._in_lang("g"),
                self._beyond_sql(),
                self.env["customer.sheet.gate.criterion"]._rows_sql(self._in_lang),
                query.subselect(),
            )
        )
        return [self._compiled_row(row, questions) for row in rows]

    @api.model
    def _compiled_row(self, row, questions):
        criteria = self.env["customer.sheet.gate.criterion"]
        return GatePlan(
            id=row["id"],
            name=row["name"],
            mode=row["mode"],
            stage_ids=tuple(row["stage_ids"] or ()),
            team_ids=frozenset(row["team_ids"] or ()),
            beyond_ids=frozenset(row.get("beyond_ids") or ()),
            is_by_team=row.get("is_by_team", False),
            criteria=criteria._compiled(row["criteria"] or (), questions),
            minimum=row["minimum"] or 0,
        )

    @api.model
    def _in_lang(self, alias):
        """Return the SQL of a translated name in the user's language."""
        name = SQL.identifier(alias, "name")
        return SQL("COALESCE(%s->>%s, %s->>'en_US')", name, self.env.lang or "en_US", name)

    @api.model
    def _set_shipped_mode(self):
        """Enforce the gate, which ships warning, unless leads of the database are beyond it."""
        gate = self.env.ref("crm_customer_sheet.gate_qualified", raise_if_not_found=False)
        if gate and gate.stage_ids:
            leads = self.env["crm.lead"].with_context(active_test=False)
            beyond = [("stage_id", "in", gate._stages_beyond().ids)]
            if not leads.search_count(beyond, limit=1):
                gate.mode = "enforce"

    @api.model
    def _beyond_sql(self):
        """Return a SELECT of the stages ``s.ids`` and of those behind them.

        A gate on stages for all teams does not stand between the own stages of one team.
        """
        return SQL(
            """
            SELECT array_agg(e.id) AS ids
              FROM crm_stage e
             WHERE e.id = ANY(s.ids)
                OR (e.sequence > (SELECT min(sequence) FROM crm_stage WHERE id = ANY(s.ids))
                    AND (t.ids IS NOT NULL
                         OR NOT EXISTS (SELECT 1
                                          FROM crm_stage_crm_team_rel
                                         WHERE crm_stage_id = e.id)
                         OR EXISTS (SELECT 1
                                      FROM crm_stage_crm_team_rel
                                     WHERE crm_stage_id = ANY(s.ids))))
            """
        )

    def _stages_beyond(self):
        """Return the stages of the gate and those behind them, own ones of other teams apart."""
        every = self.with_context(active_test=False)  # one that is archived means them still
        [plan] = every._compiled(Domain("id", "=", self.id))
        return self.env["crm.stage"].browse(plan.beyond_ids)

    # -- which stages mean "qualified": those of the shipped gate and those behind them --

    @api.model
    @tools.ormcache()
    def _qualified_stage_ids(self):
        """Return the ids of the stages in which a lead is qualified."""
        gate = self.env.ref("crm_customer_sheet.gate_qualified", raise_if_not_found=False)
        return frozenset(gate.sudo()._stages_beyond().ids) if gate else frozenset()
