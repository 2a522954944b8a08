from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.called import called
from .routing import Routing

#: Figures and dry runs look back so many days.
PAST_DAYS = 90

#: Leads looked at between two commits.
BATCH = 500


#: A score that reaches a threshold again within so many days counts as the same time.
QUIET = timedelta(days=30)


class CustomerSheetRoutingRule(models.Model):
    """What a rule has done in the last 90 days, and what it would have done."""

    _inherit = "customer.sheet.routing.rule"

    matched_count = fields.Integer(
        "Matched", compute="_compute_figures", help="Leads of the last 90 days that it matched."
    )
    owner_count = fields.Integer(
        "Owners chosen", compute="_compute_figures", help="Leads that got their owner by it."
    )
    won_count = fields.Integer(
        "Won", compute="_compute_figures", help="Leads that it matched and that were won since."
    )

    def _compute_figures(self):
        """Count leads in three queries for all rules; a lead counts once for each rule."""
        traces = self.env["customer.sheet.routing.trace"]
        past = traces._past_domain(PAST_DAYS)
        matched = past & Domain("rule_ids", "in", self.ids)
        won = matched & Domain("lead_id.won_status", "=", "won")
        owned = past & Domain("owner_rule_id", "in", self.ids)
        for name, by, domain in (
            ("matched_count", "rule_ids", matched),
            ("won_count", "rule_ids", won),
            ("owner_count", "owner_rule_id", owned),
        ):
            counts = dict(traces._read_group(domain, [by], ["lead_id:count_distinct"]))
            for rule in self:
                rule[name] = counts.get(rule._origin, 0)

    @called(one=True)
    def action_open_traces(self):
        """Open the traces of the leads that the rule matched."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_routing_trace_action"
        )
        past = self.env["customer.sheet.routing.trace"]._past_domain(PAST_DAYS)
        domain = past & Domain("rule_ids", "in", self.ids)
        return {**action, "display_name": self.name, "domain": list(domain), "context": {}}

    # -- dry run -----------------------------------------------------------------

    @called()
    def action_dry_run(self):
        """Show who would have got what among the leads of the last 90 days, by these rules."""
        self.check_access("write")
        rules = self.sorted(lambda rule: (rule.sequence, rule.id))
        return self.env["customer.sheet.routing.preview"]._show(rules)

    @called()
    def action_dry_run_all(self):
        """Do the same with all rules, whether they are on or not; the selection is no matter."""
        self.check_access("write")
        return self.search(Domain.TRUE).action_dry_run()

    def _dry_run(self, leads):
        """Return ``{lead id: routed}``, as if the leads were new and everybody were at work."""
        # rules of all kinds, as if everything had happened at once
        return Routing(leads.sudo(), self.sudo(), "created", dry=True).routed

    # -- rules that act once on each lead, and what comes near by itself -------

    def _not_due(self, leads, scores, triggers):
        """Return ``{(lead id, rule id): why the rule is not due}``: it has acted already, mostly.

        :param scores: ``{lead id: score before}``, if the score has changed
        :param triggers: those of the event; rules of others are due on no lead
        """
        skips = {}
        for rule in self.filtered(lambda rule: rule.trigger == "score" and "score" in triggers):
            threshold = rule._score_from()
            high = (lead.id for lead in leads if (scores or {}).get(lead.id, -1) >= threshold)
            skips.update(dict.fromkeys(((lead_id, rule.id) for lead_id in high), "high_already"))
        for lead_id, rule_id, deadlines, last in self._past(leads):
            trigger = self.browse(rule_id).trigger
            again = {
                "met": False,
                "deadline": leads.browse(lead_id).sheet_deadline not in (deadlines or ()),
                "score": last < fields.Datetime.now() - QUIET,
                "stage": True,
            }
            if trigger not in triggers or not again[trigger]:
                skips[lead_id, rule_id] = "done_already"
        return skips

    def _past(self, leads):
        """Return ``[(lead id, rule id, deadlines then, last time)]`` of what these rules did."""
        self.env["customer.sheet.routing.trace"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT t.lead_id, r.customer_sheet_routing_rule_id, array_agg(t.deadline),
                       max(t.create_date)
                  FROM customer_sheet_routing_trace t
                  JOIN customer_sheet_routing_rule_customer_sheet_routing_trace_rel r
                       ON r.customer_sheet_routing_trace_id = t.id
                 WHERE t.lead_id = ANY(%s)
                   AND r.customer_sheet_routing_rule_id = ANY(%s)
                 GROUP BY 1, 2
                """,
                leads.ids,
                self.ids,
            )
        )

    # -- the hourly job ----------------------------------------------------------

    @api.model
    def _cron_routing(self):
        """Take up what no save tells: deadlines that come near, consents, checks, scores."""
        rules = self._active_for(("met", "deadline"))
        for behind, rule in zip(range(len(rules) - 1, -1, -1), rules, strict=True):
            after = 0
            while ids := rule._next_due(after):
                self.env["crm.lead"].browse(ids).sudo()._sheet_route("changed")
                after = ids[-1]
                left = behind + (BATCH if len(ids) == BATCH else 0)
                if not self.env["ir.cron"]._commit_progress(len(ids), remaining=left):
                    return
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _next_due(self, after):
        """Return the ids of the next leads that this rule has not acted on.

        Switching a rule on does not set it loose on all old leads: those count that came, or
        whose deadline comes near, since then.  Leads that a rule above has stopped do not.
        """
        since = self.on_since or self.create_date
        if self.trigger == "deadline":
            near = fields.Date.add(fields.Date.to_date(since), days=self.deadline_days)
            due = Domain("sheet_deadline", ">=", near)
        else:
            due = Domain("create_date", ">=", since)
        leads = self.env["crm.lead"].sudo()
        due &= Domain("id", ">", after) & Domain("won_status", "=", "pending")
        due &= ~self._done(same_deadline=self.trigger == "deadline")
        for rule in self._stopping():
            due &= ~(rule._condition() & rule._done())
        due &= leads._sheet_used_domain()
        return leads.search(due & self._condition(), order="id", limit=BATCH).ids

    def _stopping(self):
        """Return the rules that may have stopped leads before they reach this one."""
        rules = self._with_stops()
        return rules[: rules.ids.index(self.id)]

    def _done(self, same_deadline=False):
        """Return the domain of the leads on which this rule has acted, or for their deadline."""
        self.env["customer.sheet.routing.trace"].flush_model()
        return Domain.custom(
            to_sql=lambda model, alias, query: self._done_sql(alias, same_deadline)
        )

    def _done_sql(self, alias, same_deadline):
        same = SQL("AND t.deadline = %s", SQL.identifier(alias, "sheet_deadline"))
        return SQL(
            """
            EXISTS (SELECT 1
                      FROM customer_sheet_routing_trace t
                      JOIN customer_sheet_routing_rule_customer_sheet_routing_trace_rel r
                           ON r.customer_sheet_routing_trace_id = t.id
                     WHERE t.lead_id = %s
                       AND r.customer_sheet_routing_rule_id = %s %s)
            """,
            SQL.identifier(alias, "id"),
            self.id,
            same if same_deadline else SQL(),
        )
