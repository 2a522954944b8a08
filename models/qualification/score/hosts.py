from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.fields import Domain

from ...sheet.actor import in_bulk
from ...sheet.catalogue.plan import CataloguePlan
from ...sheet.catalogue.plan_question import FILLED
from ...sheet.fields import SHEET_FIELD, SHEET_USER, NullableInteger, flag_domain
from ..pillars.hosts import BANT
from ..settings import HOT_SCORE, MQL_SCORE
from . import lead_score

#: Fields that a score reads beside the answers of the pillars.
READ = frozenset(
    "sheet_completeness sheet_source_id sheet_deadline sheet_budget_min sheet_budget_max"
    " sheet_engagement sheet_score sheet_scored_on sheet_mql_at sheet_qualified_at".split()
)
#: A lead first scored so soon after its creation is new, not an old one that never was.
NEW_FOR = timedelta(minutes=10)


class CrmLead(models.Model):
    """How promising a lead is (C7): a score that is explained, beside stock's probability.

    The facts of the lead being saved and of a whole set are judged by the same function,
    :func:`lead_score.score`.  What changes without a save (deadlines coming near, messages,
    weights) is taken up by the hourly job, see :meth:`_sheet_rescore_leads`.
    """

    _inherit = "crm.lead"

    sheet_score = NullableInteger(
        "Score",
        compute="_compute_sheet_score",
        store=True,
        copy=False,
        aggregator="avg",
        groups=SHEET_USER,
        help="From 0 to 100, by the weights of the score factors.",
    )
    sheet_hot = fields.Boolean(
        "Hot", compute="_compute_sheet_hot", search="_search_sheet_hot", groups=SHEET_USER
    )
    sheet_engagement = fields.Integer(
        "Recent signals",
        copy=False,
        readonly=True,
        help="Messages of the customer, meetings and answers, as counted by the hourly job.",
        **SHEET_FIELD,
    )
    sheet_scored_on = fields.Datetime("Score checked on", copy=False, readonly=True, **SHEET_FIELD)

    # -- computes ------------------------------------------------------------

    @api.depends(
        "sheet_completeness",
        "sheet_source_id",
        "sheet_typology",
        "sheet_sector",
        "company_id",
        "sheet_deadline",
        "sheet_budget_min",
        "sheet_budget_max",
    )
    def _compute_sheet_score(self):
        rules = self.env["customer.sheet.score.factor"]._rules()
        facts = self._sheet_score_facts()
        for lead in self:
            total, _lines = lead_score.score(facts[lead.id], rules)
            if lead.id and not in_bulk() and lead._sheet_gets_hot(total):
                lead._sheet_call_when_saved()
            lead.sheet_score = total

    @api.depends("sheet_score", "won_status")
    def _compute_sheet_hot(self):
        threshold = self._sheet_threshold("hot")
        for lead in self:
            pending = lead.won_status == "pending"
            lead.sheet_hot = pending and (lead.sheet_score or 0) >= threshold

    @api.model
    def _search_sheet_hot(self, operator, value):
        if operator != "in":
            return NotImplemented
        hot = Domain("sheet_score", ">=", self._sheet_threshold("hot"))
        hot &= Domain("won_status", "=", "pending")
        return flag_domain(hot, value)

    @api.model
    def _sheet_threshold(self, kind):
        """Return the score from which a lead is ``hot``, or is an ``mql``."""
        return {"hot": HOT_SCORE, "mql": MQL_SCORE}[kind].value(self.env)

    def _sheet_gets_hot(self, total):
        """Tell whether ``total`` takes the lead over the threshold; old leads do not get hot."""
        threshold = self._sheet_threshold("hot")
        if total < threshold:
            return False
        if self.sheet_score is False:
            is_new = self.env.cr.now() - (self.create_date or self.env.cr.now()) < NEW_FOR
            return is_new and self.create_uid.id != SUPERUSER_ID
        return self.sheet_score < threshold

    # -- facts -----------------------------------------------------------------

    def _sheet_score_facts(self, engagement=None):
        """Return ``{id: lead_score.ScoreFacts}``, in a number of queries that does not grow.

        :param engagement: ``{id: number of signals}``; what was last counted, by default
        """
        leads = self.sudo().with_context(active_test=False, lang=None)
        leads.fetch(leads._sheet_read_fields(leads._sheet_bant().field_names))
        pillars = leads._sheet_pillar_states()
        today = fields.Date.context_today(self)
        return {
            lead.id: lead_score.ScoreFacts(
                completeness=lead.sheet_completeness or 0,
                pillars=pillars[lead.id],
                source=lead.sheet_source_id.id,
                sector=lead.sheet_sector,
                days_left=(lead.sheet_deadline - today).days if lead.sheet_deadline else None,
                budget=lead.sheet_budget_max or lead.sheet_budget_min,
                engagement=lead.sheet_engagement
                if engagement is None
                else engagement.get(lead.id, 0),
            )
            for lead in leads
        }

    @api.model
    def _sheet_read_fields(self, answers):
        """Load what a score reads with the answers that it needs anyway: one query for both."""
        return super()._sheet_read_fields(answers | READ)

    @api.model
    @tools.ormcache()
    def _sheet_bant(self):
        """Return the plan of the questions behind the pillars that count in a score."""
        return CataloguePlan(tuple(q for q in self._sheet_plan().questions if q.pillar in BANT))

    def _sheet_pillar_states(self):
        """Return ``{id: ("unknown" / "stated" / "confirmed" for each pillar)}``."""
        states = self._sheet_bant().states(self, optional=True)
        stated = self.filtered(lambda lead: FILLED in states[lead.id].values())
        confirmed = stated._sheet_evidence_codes()
        pillars = {}
        for lead in self:
            found = {}
            for question in self._sheet_bant().questions:
                if question.code in states[lead.id]:
                    filled = states[lead.id][question.code] == FILLED
                    sure = filled and question.code in confirmed.get(lead._origin.id, ())
                    rank = 2 if sure else int(filled)
                    found[question.pillar] = max(found.get(question.pillar, 0), rank)
            pillars[lead.id] = tuple(("unknown", "stated", "confirmed")[r] for r in found.values())
        return pillars

    # -- when to score again ---------------------------------------------------

    def _sheet_modified(self, fnames):
        result = super()._sheet_modified(fnames)
        if not self._sheet_bant().field_names.isdisjoint(fnames):
            self._sheet_score_later()
        return result

    def _sheet_score_later(self):
        """Have the score computed again before it is next read or saved."""
        self.env.add_to_compute(self._fields["sheet_score"], self)
        self.modified(["sheet_score"])
