from odoo import api, models
from odoo.tools import format_date

from ..desk.due import MOST, Due
from .request import PATIENCE
from .words import OPEN, SAID


class CustomerSheetDesk(models.TransientModel):
    _inherit = "customer.sheet.desk"

    @api.model
    def _due(self):
        requests = self.env["customer.sheet.request"]
        waiting = requests.search([("state", "in", OPEN)], order="due_on, id", limit=MOST + 1)
        lines = [self._request_line(request) for request in waiting[:MOST]]
        if waiting[MOST:]:
            lines.append(self._more_requests(waiting[MOST:]))
        return [*super()._due(), *lines]

    @api.model
    def _more_requests(self, first):
        domain = [("state", "in", OPEN)]
        count = self.env["customer.sheet.request"].search_count(domain)
        return Due(
            "requests",
            first.due_on or None,
            self.env._("Answer the other requests"),
            self.env._("%(count)s are open in all.", count=count),
            count=count,
            action=("customer_sheet_request_action", {"domain": domain}),
        )

    @api.model
    def _request_line(self, request):
        label = dict(request._fields["kind"]._description_selection(self.env))[request.kind]
        day = format_date(self.env, request.received_on)
        words = self.env._(
            "%(reference)s, received on %(day)s. %(right)s.",
            reference=request.name,
            day=day,
            right=label,
        )
        until, title, button = self._next_step_of_request(request)
        action = self._opens("customer_sheet_request_action", request)
        return Due(f"request_{request.id}", until, title, words, action=action, button=button)

    @api.model
    def _next_step_of_request(self, request):
        """Return until when, what, and the word of the button for what comes next."""
        said = {"name": request.person_name}
        last = request.clock_ids[-1:]
        if request.state == "asked" and last.code in SAID:
            title = self.env._("Read what %(name)s wrote", **said)
            return request.due_on or last.day, title, self.env._("Go on")
        if request.state == "asked":
            asked = max(each.day for each in request.clock_ids if each.code == "asked")
            title = self.env._("Wait for %(name)s to say who they are", **said)
            return request.due_on or asked + PATIENCE, title, ""
        if request.state == "received":
            title = self.env._("Begin with the request of %(name)s", **said)
            return request.due_on, title, self.env._("Begin")
        return request.due_on, self.env._("Answer %(name)s", **said), self.env._("Go on")
