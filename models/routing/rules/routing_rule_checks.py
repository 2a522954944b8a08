from odoo import api, models
from odoo.exceptions import ValidationError

MOST_DAYS = 365


class CustomerSheetRoutingRule(models.Model):
    """What a rule must say before it is saved, and before it is switched on."""

    _inherit = "customer.sheet.routing.rule"

    @api.constrains("domain")
    def _check_domain(self):
        leads = self.env["crm.lead"].sudo()
        for rule in self:
            try:
                leads.search(rule._own_domain(), limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The condition of “%(rule)s” cannot be read: %(error)s",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    @api.constrains("trigger", "stage_ids", "deadline_days", "score_from", "budget_from")
    def _check_trigger(self):
        for rule in self:
            if rule.trigger == "stage" and not rule.stage_ids:
                rule._refuse(self.env._("Choose in “Stages” which ones."))
            if rule.trigger == "deadline" and not rule.deadline_days:
                rule._refuse(self.env._("Say in “Deadline within (days)” how near."))
            if not 0 <= rule.deadline_days <= MOST_DAYS:
                rule._refuse(
                    self.env._("“Deadline within (days)” goes from 0 to %(most)s.", most=MOST_DAYS)
                )
            if not 0 <= rule.score_from <= 100:
                rule._refuse(self.env._("“Score from” goes from 0 to 100."))
            if rule.budget_from < 0:
                rule._refuse(self.env._("“Budget from” cannot be negative."))

    @api.constrains("strategy", "user_id", "activity_for", "activity_user_id", "activity_days")
    def _check_people(self):
        for rule in self:
            if rule.strategy == "fixed" and not rule.user_id:
                rule._refuse(self.env._("Choose in “Person” who gets the leads."))
            if rule.activity_for == "user" and not rule.activity_user_id:
                rule._refuse(self.env._("Choose in “Person to act” who gets the activity."))
            if not 0 <= rule.activity_days <= MOST_DAYS:
                rule._refuse(
                    self.env._(
                        "“Working days until it is due” goes from 0, the same day, to %(most)s.",
                        most=MOST_DAYS,
                    )
                )

    @api.constrains(
        *("is_on", "team_id", "strategy", "priority", "tag_ids", "activity_type_id"),
        *("sector", "segment_id", "sequence_id"),
    )
    def _check_does_something(self):
        for rule in self:
            if rule.is_on and not rule._does_something():
                rule._refuse(self.env._("Say what it does before you switch it on."))

    def _does_something(self):
        return bool(
            self.team_id
            or self.strategy != "none"
            or self.priority
            or self.tag_ids
            or self.activity_type_id
            or self.sector
            or self.segment_id
        )

    def _refuse(self, what):
        raise ValidationError(
            self.env._("Rule “%(rule)s”: %(what)s", rule=self.name or "", what=what)
        )
