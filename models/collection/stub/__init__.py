"""For as long as the landing is not there: whoever is met becomes a lead.  Goes with it."""

from odoo import models
from odoo.tools import plaintext2html


class CustomerSheetSubmission(models.Model):
    _inherit = "customer.sheet.submission"

    def _land_soon(self):
        if self.channel != "form":
            self._sheet_land()

    def _cron_land(self):
        return 0

    def _sheet_land(self):
        for submission in self.filtered(lambda each: each.state == "received"):
            submission.lead_id = self.env["crm.lead"].create(submission._lead_values())
            submission.state = "landed"

    def _lead_values(self):
        questions = self.env["customer.sheet.question"]
        return {
            "user_id": False,
            "team_id": self.form_id.team_id.id,
            "company_id": self.company_id.id,
            "sheet_source_id": self.form_id.source_id.id,
            "description": plaintext2html(self.message or ""),
            **questions._plain_write(self.values or {}, "crm.lead"),
            "name": self.form_id.name,
        }
