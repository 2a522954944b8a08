from odoo import api, fields, models

#: Settings of the shipped rules: ``{setting: (rule, its field)}``.
SHIPPED = {
    "sheet_route_budget_on": ("routing_rule_budget", "is_on"),
    "sheet_route_budget": ("routing_rule_budget", "budget_from"),
    "sheet_route_budget_currency_id": ("routing_rule_budget", "currency_id"),
    "sheet_route_budget_team_id": ("routing_rule_budget", "team_id"),
    "sheet_route_deadline_on": ("routing_rule_deadline", "is_on"),
    "sheet_route_deadline_days": ("routing_rule_deadline", "deadline_days"),
    "sheet_route_nurturing_on": ("routing_rule_nurturing", "is_on"),
    "sheet_route_hot_on": ("routing_rule_hot", "is_on"),
    "sheet_route_nobody_on": ("routing_rule_nobody", "is_on"),
}


class ResConfigSettings(models.TransientModel):
    """The shipped rules, where people look for settings; the rules themselves hold them."""

    _inherit = "res.config.settings"

    sheet_route_budget_on = fields.Boolean("Big budgets to the senior team")
    sheet_route_budget = fields.Monetary(
        "Budget from", currency_field="sheet_route_budget_currency_id"
    )
    sheet_route_budget_currency_id = fields.Many2one("res.currency", "Currency of the budget")
    sheet_route_budget_team_id = fields.Many2one("crm.team", "Senior team")
    sheet_route_deadline_on = fields.Boolean("Near deadlines first")
    sheet_route_deadline_days = fields.Integer("Deadline within (days)")
    sheet_route_nurturing_on = fields.Boolean("Nurture whoever agreed")
    sheet_route_hot_on = fields.Boolean("Call hot leads today")
    sheet_route_nobody_on = fields.Boolean("No new lead without an owner")

    @api.model
    def _shipped_rule(self, name):
        rule = self.env.ref(f"crm_customer_sheet.{name}", raise_if_not_found=False)
        return rule or self.env["customer.sheet.routing.rule"]

    @api.model
    def get_values(self):
        values = super().get_values()
        for setting, (name, field) in SHIPPED.items():
            value = self._shipped_rule(name)[field]
            values[setting] = value.id if isinstance(value, models.BaseModel) else value
        return values

    def set_values(self):
        """Write what has changed to the rules, all at once for each: they check themselves."""
        result = super().set_values()
        changes = {}
        for setting, (name, field) in SHIPPED.items():
            rule = self._shipped_rule(name)
            if rule and rule[field] != self[setting]:
                value = self[setting]
                value = value.id if isinstance(value, models.BaseModel) else value
                changes.setdefault(rule, {})[field] = value
        for rule, values in changes.items():
            rule.sudo().write(values)
        return result
