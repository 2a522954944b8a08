from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import SHEET_FIELD, SHEET_USER
from . import documents, learned, loyalty
from .of_line import of_line


class ResPartner(models.Model):
    """What a customer has bought (B2): typed where there is no sales app, read where there is."""

    _inherit = "res.partner"

    sheet_has_sales_app = fields.Boolean(
        compute="_compute_sheet_has_sales_app", groups=SHEET_USER, export_string_translation=False
    )
    sheet_has_loyalty_app = fields.Boolean(
        compute="_compute_sheet_has_sales_app", groups=SHEET_USER, export_string_translation=False
    )
    sheet_loyalty_points = fields.Float("Loyalty points", readonly=True, **SHEET_FIELD)

    sheet_purchase_ids = fields.One2many(
        "customer.sheet.purchase", "partner_id", "Purchases", readonly=True, groups=SHEET_USER
    )
    sheet_purchase_id = fields.Many2one(
        "customer.sheet.purchase",
        "Purchases at this company",
        compute="_compute_sheet_purchase_id",
        search="_search_sheet_purchase_id",
        compute_sudo=False,
        groups=SHEET_USER,
    )
    # without an app of sales people type some of these: they are other fields
    sheet_purchase_currency_id = of_line(
        "currency_id", fields.Many2one, string="Currency of purchases"
    )
    sheet_bought_orders = of_line("orders", fields.Integer, string="Orders placed (Sales)")
    sheet_bought_amount = of_line("amount", fields.Monetary)
    sheet_bought_basket = of_line("basket", fields.Monetary, string="Average basket (Sales)")
    sheet_bought_last_on = of_line("last_on", fields.Date, string="Last order date (Sales)")
    sheet_bought_last_amount = of_line(
        "last_amount", fields.Monetary, string="Last order amount (Sales)"
    )
    sheet_bought_12m = of_line("spend_12m", fields.Monetary, string="Spent in 12 months (Sales)")
    sheet_bought_returns = of_line("returns", fields.Integer)
    sheet_bought_returned = of_line("returned", fields.Monetary)
    sheet_bought_return_reasons = of_line("return_reasons", fields.Char)
    sheet_bought_margin = of_line("margin", fields.Monetary)
    sheet_bought_product_ids = of_line("product_ids", fields.Many2many)

    def _compute_sheet_has_sales_app(self):
        self.sheet_has_sales_app = self._sheet_sales_installed()
        self.sheet_has_loyalty_app = loyalty.is_installed(self.env)

    @api.model
    def _sheet_sales_installed(self):
        """Tell whether confirmed sales orders can be read (the app is optional)."""
        return documents.is_installed(self.env)

    @api.depends("company_id", "sheet_purchase_ids")
    @api.depends_context("company")
    def _compute_sheet_purchase_id(self):
        """Choose the line of the contact's company, or for a shared contact of the reader's."""
        lines = self.env["customer.sheet.purchase"]
        if self._sheet_sales_installed():
            lines = lines.search([("partner_id", "in", self._origin.ids)])
        found = {(line.partner_id.id, line.company_id.id): line for line in lines}
        for partner in self:
            company = partner.company_id or self.env.company
            partner.sheet_purchase_id = found.get((partner._origin.id, company.id), False)

    def _search_sheet_purchase_id(self, operator, value):
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        if operator == "in" and False in value:
            some = self._search_sheet_purchase_id("in", set(value) - {False})
            return some | ~self._search_sheet_purchase_id("any", Domain.TRUE)
        line = value if isinstance(value, Domain) else Domain("id", "in", value)
        bought = "sheet_purchase_ids", "any!" if operator == "any!" else "any"
        here = Domain("company_id", "=", self.env.company.id)
        shared = Domain("company_id", "=", False)
        return ~shared & Domain(*bought, line) | shared & Domain(*bought, line & here)

    @api.model
    def _cron_sheet_purchases(self):
        """Read what customers buy from the sales app and from loyalty, in sets.

        Without these apps nothing on a sheet changes; what the lines said goes with the app.
        """
        purchases, changed = self.env["customer.sheet.purchase"], []
        if self._sheet_sales_installed():
            changed += purchases._rebuild()
            changed += learned.learn(self.env)
        else:
            purchases._clear()
        changed += loyalty.tell_contacts(self.env)
        if changed:
            self.env.invalidate_all(flush=False)
            self._sheet_rescore(SQL("= ANY(%s)", sorted(set(changed))))
