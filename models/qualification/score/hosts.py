from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import format_amount

from ...sheet.actor import in_bulk
from ...sheet.catalogue.plan import CataloguePlan
from ...sheet.catalogue.plan_question import FILLED
from ...sheet.fields import SHEET_FIELD, SHEET_USER, NullableInteger, flag_domain
from ...sheet.known import known_of
from ..pillars.hosts import BANT
from ..settings import HOT_ACTIVITY, HOT_SCORE, MQL_SCORE
from . import lead_score

#: Fields that a score reads beside the answers of the pillars.
READ = frozenset(
    "sheet_completeness sheet_source_id sheet_deadline sheet_budget_min sheet_budget_max"
    " sheet_engagement sheet_score sheet_scored_on sheet_mql_at sheet_qualified_at".split()
)

#: A lead first scored so soon after its creation is new, not an old one that never was.
NEW_FOR = timedelta(minutes=10)


#: A lead that gets hot again within so many days is not announced again.
QUIET_DAYS = 30

#: Key of the leads to announce when the transaction ends.
PENDING = "crm_customer_sheet.hot"


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

    # -- the score explained, line by line, in words ---------------------------
    sheet_score_lines = fields.Json(
        "Score explained",
        compute="_compute_sheet_score_lines",
        groups=SHEET_USER,
        exportable=False,
    )

    # -- A lead that gets hot is announced to its owner by one stock activity --
    sheet_hot_on = fields.Datetime("Announced hot on", copy=False, readonly=True, **SHEET_FIELD)

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
            return self._sheet_is_new() and self.create_uid.id != SUPERUSER_ID
        return self.sheet_score < threshold

    def _sheet_is_new(self):
        """Tell whether a lead without a score is new, not one from before the module."""
        now = self.env.cr.now()
        return self._sheet_is_finishing() or now - (self.create_date or now) < NEW_FOR

    # -- facts -----------------------------------------------------------------

    def _sheet_score_facts(self, engagement=None):
        """Return ``{id: lead_score.ScoreFacts}``, in a number of queries that does not grow.

        :param engagement: ``{id: number of signals}``; what was last counted, by default
        """
        leads = self._sheet_to_judge()
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
        return super()._sheet_read_fields(answers | READ | self._sheet_bant().field_names)

    @api.model
    @tools.ormcache()
    def _sheet_bant(self):
        """Return the plan of the questions behind the pillars that count in a score."""
        return CataloguePlan(tuple(q for q in self._sheet_plan().questions if q.pillar in BANT))

    def _sheet_pillar_states(self):
        """Return ``{id: ("unknown" / "stated" / "confirmed" for each pillar)}``."""
        known = known_of(self)
        bant = self._sheet_bant()
        states = {self.id: known.states} if known else bant.states(self, optional=True)
        stated = self.filtered(lambda lead: FILLED in states[lead.id].values())
        confirmed = stated._sheet_evidence_codes()
        pillars = {}
        for lead in self:
            found = {}
            for question in bant.questions:
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

    # -- the score explained, line by line, in words ---------------------------

    @api.depends("sheet_score", "won_status")
    @api.depends_context("lang")
    def _compute_sheet_score_lines(self):
        facts = self._sheet_score_facts()
        for lead in self:
            lead.sheet_score_lines = lead._sheet_score_words(facts[lead.id])

    def _sheet_glance(self):
        words = self._sheet_score_words(self._sheet_score_facts()[self.id])
        return {**super()._sheet_glance(), "sheet_score_lines": words}

    def _sheet_score_words(self, facts):
        """Return ``{"total", "hot", "lines"}`` of one lead."""
        rules = self.env["customer.sheet.score.factor"]._rules()
        total, lines = lead_score.score(facts, rules)
        return {
            "total": total,
            "hot": self.won_status == "pending" and total >= self._sheet_threshold("hot"),
            "lines": [self._sheet_score_line(line) for line in lines],
        }

    def _sheet_score_line(self, line):
        """Return one line of a score; its factor names the method that words it."""
        factors = self.env["customer.sheet.score.factor"]._fields["factor"]
        return {
            "factor": line.factor,
            "label": dict(factors._description_selection(self.env))[line.factor],
            "points": line.points,
            "maximum": line.maximum,
            "text": getattr(self, f"_sheet_say_{line.factor}")(line.reason, line.values),
        }

    # -- one sentence for each factor ------------------------------------------

    def _sheet_say_completeness(self, reason, values):
        return self.env._("The sheet is %(percent)s %% complete.", **values)

    def _sheet_say_pillars(self, reason, values):
        return self.env._(
            "Of %(total)s pillars, %(confirmed)s are confirmed and %(stated)s stated.", **values
        )

    def _sheet_say_source(self, reason, values):
        if reason == "unknown":
            return self.env._("The source of the contact is not known.")
        name = self.sudo().sheet_source_id.with_env(self.env).display_name
        if reason == "good":
            return self.env._("“%(name)s” is a good source.", name=name)
        return self.env._("“%(name)s” is not among the good sources.", name=name)

    def _sheet_say_sector(self, reason, values):
        if reason == "unknown":
            return self.env._("The sector is not known.")
        sectors = self._fields["sheet_sector"]._description_selection(self.env)
        name = dict(sectors)[values["value"]]
        if reason == "good":
            return self.env._("“%(name)s” is a sector we serve.", name=name)
        return self.env._("“%(name)s” is not among the good sectors.", name=name)

    def _sheet_say_urgency(self, reason, values):
        if reason == "none":
            return self.env._("No deadline is known.")
        if reason == "passed":
            return self.env._("Days since the deadline: %(days)s.", **values)
        if reason == "near":
            return self.env._("Days to the deadline: %(days)s.", **values)
        return self.env._("Days to the deadline: %(days)s; all points from %(limit)s on.", **values)

    def _sheet_say_budget(self, reason, values):
        if reason == "none":
            return self.env._("No budget is known.")
        amount, limit = (
            format_amount(self.env, values[name], self.sudo().sheet_currency_id)
            for name in ("amount", "limit")
        )
        if reason == "enough":
            return self.env._("The budget is %(amount)s.", amount=amount)
        return self.env._(
            "The budget is %(amount)s; all points from %(limit)s on.", amount=amount, limit=limit
        )

    def _sheet_say_engagement(self, reason, values):
        if reason == "none":
            return self.env._("No sign of the customer in the last %(days)s days.", **values)
        return self.env._(
            "Messages, meetings and answers in the last %(days)s days: %(count)s.", **values
        )

    # -- A lead that gets hot is announced to its owner by one stock activity --

    def _sheet_call_when_saved(self):
        """Announce these leads when the transaction ends: a compute may not create records."""
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = []
            precommit.add(self.browse().sudo()._sheet_call_pending)
        precommit.data[PENDING].extend(self.ids)

    @api.model
    def _sheet_call_pending(self):
        ids = self.env.cr.precommit.data.pop(PENDING, ())
        # the precommit hooks run for the last write of each lead: those still hot count
        leads = self.browse(ids).exists().filtered("sheet_hot")
        leads._sheet_call_now()

    def _sheet_call_now(self):
        """Schedule the activity "Hot lead: call today" for the owners of these leads."""
        if not HOT_ACTIVITY.value(self.env):
            return
        since = fields.Datetime.subtract(fields.Datetime.now(), days=QUIET_DAYS)
        leads = self.sudo().filtered(
            lambda lead: (
                lead.active
                and lead._sheet_hot_owner()
                and (not lead.sheet_hot_on or lead.sheet_hot_on < since)
            )
        )
        for owner, owned in leads.grouped(lambda lead: lead._sheet_hot_owner()).items():
            owned = owned.with_context(lang=owner.lang)
            owned.activity_schedule(
                "mail.mail_activity_data_call",
                user_id=owner.id,
                summary=owned.env._("Hot lead: call today"),
            )
        leads._sheet_stamp_hot()

    def _sheet_hot_owner(self):
        return self.user_id or self.team_id.user_id

    def _sheet_stamp_hot(self):
        now = str(fields.Datetime.now())
        self.env.flush_all()
        self._sheet_update_from({"id": self.ids, "sheet_hot_on": [now] * len(self)})
        self.invalidate_recordset(["sheet_hot_on"])
