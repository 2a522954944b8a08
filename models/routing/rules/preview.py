from odoo import api, fields, models
from odoo.fields import Domain

from ...sheet.statistics import refresh_statistics
from .rule_runs import PAST_DAYS

#: A dry run shows the latest leads, at most so many.
MOST_LEADS = 5000
#: Leads looked at together: what bounds the memory.
BATCH = 1000


class CustomerSheetRoutingPreview(models.TransientModel):
    """One lead in a dry run: what the rules would have given it, beside what it has."""

    _name = "customer.sheet.routing.preview"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Routing Dry Run"
    _order = "lead_id desc"
    _rec_name = "lead_id"

    run = fields.Char(index=True, required=True)
    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", readonly=True)
    lead_date = fields.Datetime(
        "Lead created on", related="lead_id.create_date", related_sudo=False
    )
    owner_id = fields.Many2one("res.users", "Owner today", readonly=True)
    user_id = fields.Many2one("res.users", "Would get it", readonly=True)
    team_id = fields.Many2one("crm.team", "Would go to", readonly=True)
    rule_id = fields.Many2one(
        "customer.sheet.routing.rule", "First rule that matches", ondelete="cascade", readonly=True
    )
    words = fields.Text("What would happen", readonly=True)
    is_different = fields.Boolean("Another owner", readonly=True)

    @api.model
    def _show(self, rules):
        """Run the rules dry, and return the action that shows the outcome."""
        now = fields.Datetime.now()
        run = f"{self.env.uid}-{now.isoformat()}"
        leads = self._leads(now)
        refresh_statistics(self.env, count=len(leads))
        for start in range(0, len(leads), BATCH):
            some = leads[start : start + BATCH]
            self.create(self._lines(run, some, rules._dry_run(some)))
        return self._action(run, rules)

    @api.model
    def _leads(self, now):
        since = fields.Datetime.subtract(now, days=PAST_DAYS)
        leads = self.env["crm.lead"].with_context(active_test=False)
        return leads.search([("create_date", ">=", since)], order="id desc", limit=MOST_LEADS)

    @api.model
    def _lines(self, run, leads, routed_by_lead):
        traces = self.env["customer.sheet.routing.trace"]
        return [
            {
                "run": run,
                "lead_id": lead.id,
                "owner_id": lead.user_id.id,
                "user_id": routed.user and routed.user.id,
                "team_id": routed.team and routed.team.id,
                "rule_id": next(iter(routed.matched), False),
                "words": traces._summary(routed.lines),
                "is_different": bool(routed.user and routed.user != lead.user_id),
            }
            for lead in leads
            for routed in [routed_by_lead[lead.id]]
        ]

    @api.model
    def _action(self, run, rules):
        title = rules.name if len(rules) == 1 else self.env._("All rules")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dry run over the last 90 days: %(rules)s", rules=title),
            "res_model": self._name,
            "view_mode": "list,pivot",
            "views": [(False, "list"), (False, "pivot")],
            "domain": list(Domain("run", "=", run)),
            "context": {"search_default_matched": 1},
        }
