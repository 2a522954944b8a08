from odoo import api, fields, models

from ...sheet.called import called
from ...sheet.fields import SHEET_USER


class CrmLead(models.Model):
    """Why me? The traces of a lead, as its people read them."""

    _inherit = "crm.lead"

    sheet_is_routed = fields.Boolean(
        "Routing is on", compute="_compute_sheet_is_routed", groups=SHEET_USER
    )
    sheet_why = fields.Html(
        "Why this salesperson?",
        compute="_compute_sheet_why",
        groups=SHEET_USER,
        sanitize=False,
        exportable=False,
    )

    def _compute_sheet_is_routed(self):
        """Tell whether any rule is on: without a query for each form."""
        self.sheet_is_routed = bool(self.env["customer.sheet.routing.rule"]._active())

    @api.depends_context("lang", "tz")
    def _compute_sheet_why(self):
        traces = self.env["customer.sheet.routing.trace"].search([("lead_id", "in", self.ids)])
        by_lead = traces.grouped(lambda trace: trace.lead_id.id)
        for lead in self:
            lead.sheet_why = self.env["ir.qweb"]._render(
                "crm_customer_sheet.routing_why", {"traces": by_lead.get(lead.id, traces.browse())}
            )

    @called(one=True)
    def action_sheet_why(self):
        """Open what has decided who owns the lead."""
        self._sheet_check_access("read")
        view = self.env.ref("crm_customer_sheet.crm_lead_view_form_why")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why this salesperson?"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }
