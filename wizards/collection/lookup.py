from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.collection.lookups.request import WHAT
from ...models.sheet.called import called

HOSTS = [("res.partner", "Contacts"), ("crm.lead", "Leads")]


class CustomerSheetLookup(models.TransientModel):
    """Has registers asked about a selection of a list, once it is known what that costs."""

    _name = "customer.sheet.lookup"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Look Up in Registers"

    host = fields.Selection(HOSTS, readonly=True)
    lead_ids = fields.Many2many("crm.lead", readonly=True)
    partner_ids = fields.Many2many("res.partner", string="Contacts", readonly=True)
    company = fields.Boolean("Companies, by their number", default=True)
    vat = fields.Boolean("VAT numbers")
    request_count = fields.Integer("Requests", compute="_compute_cost")
    left_out = fields.Integer("Records without such a number", compute="_compute_cost")
    minutes = fields.Integer("Minutes, about", compute="_compute_cost")
    recipients = fields.Text("What is sent to whom", compute="_compute_cost")

    @api.depends("company", "vat", "lead_ids", "partner_ids")
    def _compute_cost(self):
        for lookup in self:
            asked = lookup._asked()
            by_register = {}
            for _sheet, register in asked:
                by_register[register] = by_register.get(register, 0) + 1
            seconds = (n / (each.calls_per_second or 1) for each, n in by_register.items())
            sheets = {sheet for sheet, _register in asked}
            lookup.request_count = len(asked)
            lookup.left_out = len(lookup._sheets()) - len(sheets)
            lookup.minutes = -(-max(seconds, default=0) // 60)
            lookup.recipients = "\n".join(each.recipient or each.name for each in by_register)

    def _sheets(self):
        """Return the records whose company is looked up: those that the user may write."""
        sheets = (self.lead_ids if self.host == "crm.lead" else self.partner_ids)._origin
        looked_up = [sheet._sheet_looked_up() for sheet in sheets]
        return sheets.browse().union(*looked_up)._filtered_access("write")

    def _kinds(self):
        return [what for what, _label in WHAT if self[what]]

    def _asked(self):
        """Return ``[(record, register)]`` of the requests that will be made."""
        registers = self.env["customer.sheet.register"].sudo()
        return [
            (sheet, register)
            for sheet in self._sheets()
            for what, (_number, country) in sheet.sudo()._sheet_register_numbers().items()
            if what in self._kinds() and (register := registers._asks_itself(country, what))
        ]

    @called(one=True)
    def action_start(self):
        """Queue the requests, and open them."""
        sheets = self._sheets().browse({sheet.id for sheet, _register in self._asked()})
        if not sheets:
            raise UserError(
                self.env._(
                    "No register that is switched on can be asked about any of these: fill in"
                    " their company IDs or VAT numbers first."
                )
            )
        made = self.env["customer.sheet.register.request"]._queue(sheets, self._kinds())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_register_request_action"
        )
        return {**action, "domain": [("id", "in", made.ids)]}
