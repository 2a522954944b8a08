from odoo import fields, models
from odoo.fields import Domain

from ...sheet.called import called
from .routing import Routing

#: Figures and dry runs look back so many days.
PAST_DAYS = 90


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
