from odoo import fields, models

from ...sheet.settings import Setting

#: Companies close and move without telling: what was looked up once is asked again.
YEARLY = Setting("register_yearly", "boolean", "Ask again once a year", False)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_register_yearly = YEARLY.field()
    sheet_registers_on = fields.Char("Registers that are on", compute="_compute_sheet_registers_on")
    sheet_stock_enrichment = fields.Text(
        "Odoo asks by itself", compute="_compute_sheet_registers_on"
    )

    def _compute_sheet_registers_on(self):
        registers = self.env["customer.sheet.register"].sudo().search([("state", "=", "on")])
        self.sheet_registers_on = ", ".join(registers.mapped("name")) or self.env._("none")
        self.sheet_stock_enrichment = "\n".join(self._sheet_stock_enrichment())

    def _sheet_stock_enrichment(self):
        """Return what apps of Odoo that look companies up send where, a sentence for each."""
        said = {
            "partner_autocomplete": self.env._(
                "“Partner Autocomplete” is installed: what somebody types as the name or number of"
                " a company is sent to Odoo's servers while they type."
            ),
            "crm_iap_enrich": self._sheet_lead_enrichment(),
            "crm_iap_mine": self.env._(
                "“Lead Generation” is installed: the criteria that somebody asks for are sent to"
                " Odoo's servers."
            ),
            "website_crm_iap_reveal": self.env._(
                "“Lead Generation From Website Visits” is installed: network addresses of visitors"
                " are sent to Odoo's servers."
            ),
        }
        installed = self.env["ir.module.module"]._installed()
        return [sentence for module, sentence in said.items() if module in installed]

    def _sheet_lead_enrichment(self):
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param("crm.iap.lead.enrich.setting", "auto") == "auto":
            return self.env._(
                "“Lead Enrichment” is installed and works by itself: the domain of the e-mail"
                " address of each new lead is sent to Odoo's servers. Choose “on demand only” above"
                " to stop that."
            )
        return self.env._(
            "“Lead Enrichment” is installed: the domain of the e-mail address of a lead is sent to"
            " Odoo's servers when somebody presses “Enrich”."
        )
