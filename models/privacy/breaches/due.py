from odoo import api, fields, models

from ..desk.due import Due


class CustomerSheetDesk(models.TransientModel):
    _inherit = "customer.sheet.desk"

    @api.model
    def _due(self):
        breaches = self.env["customer.sheet.breach"].search([("state", "!=", "closed")])
        return [*super()._due(), *(self._breach_line(breach) for breach in breaches)]

    @api.model
    def _breach_line(self, breach):
        day, title, words = self._next_step_of_breach(breach)
        action = self._opens("customer_sheet_breach_action", breach)
        return Due(f"breach_{breach.id}", day, title, words, action=action)

    @api.model
    def _next_step_of_breach(self, breach):
        """Return until when, what comes next, and what one has to know."""
        until = breach.due_at and fields.Datetime.context_timestamp(self, breach.due_at)
        day = until.date() if until else None
        said = {"breach": breach.display_name}
        left = breach.left or ""
        if not breach.risk:
            return day, self.env._("Judge the risk of %(breach)s", **said), left
        if breach.state == "open" and breach.risk != "none" and breach.hours:
            return day, self.env._("Tell the authority of %(breach)s", **said), left
        if breach.risk == "high" and not (breach.people_told_on or breach.people_why_not):
            words = self.env._("The risk is high: say when people were told, or why not.")
            return None, self.env._("Tell the people of %(breach)s", **said), words
        return None, self.env._("Close %(breach)s", **said), ""
