from odoo import api, fields, models
from odoo.tools import SQL

from .sheet_fields import SHEET_USER

PURCHASES = (
    "sheet_average_basket",
    "sheet_order_count",
    "sheet_last_order_date",
    "sheet_last_order_amount",
    "sheet_spend_12m",
)


class ResPartner(models.Model):
    """Purchase figures (B2): typed where there is no sales app, read from it where there is."""

    _inherit = "res.partner"

    sheet_has_sales_app = fields.Boolean(
        compute="_compute_sheet_has_sales_app", groups=SHEET_USER, export_string_translation=False
    )

    def _compute_sheet_has_sales_app(self):
        self.sheet_has_sales_app = self._sheet_sales_installed()

    @api.model
    def _sheet_sales_installed(self):
        """Tell whether confirmed sales orders can be read (the app is optional)."""
        return "sale.order" in self.env

    @api.model
    def _cron_sheet_purchases(self):
        """Set the purchase figures of all customers from their orders, in one statement.

        Amounts are in the currency of the order's company; orders count for the company
        that the contact belongs to.  Nothing happens without the sales app.
        """
        if self._sheet_sales_installed():
            self.env.flush_all()
            self.env.cr.execute(self._sheet_purchases_sql())
            self.env.invalidate_all(flush=False)

    @api.model
    def _sheet_purchases_sql(self):
        columns = SQL(", ").join(map(SQL.identifier, PURCHASES))
        return SQL(
            """
            WITH orders AS (
                SELECT p.commercial_partner_id AS id, o.date_order,
                       o.amount_total / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount
                  FROM sale_order o JOIN res_partner p ON p.id = o.partner_id
                 WHERE o.state = 'sale'
            ), figures AS (
                SELECT id, round(avg(amount)::numeric, 2) AS basket, count(*) AS number,
                       max(date_order)::date AS last_on,
                       round((array_agg(amount ORDER BY date_order DESC))[1]::numeric, 2) AS last,
                       round(COALESCE(sum(amount) FILTER (
                           WHERE date_order > now() AT TIME ZONE 'UTC' - interval '12 months'
                       ), 0)::numeric, 2) AS year
                  FROM orders GROUP BY id
            )
            UPDATE res_partner SET (%(columns)s) = (f.basket, f.number, f.last_on, f.last, f.year)
              FROM figures f
             WHERE f.id = res_partner.id
               AND (%(columns)s) IS DISTINCT FROM (f.basket, f.number, f.last_on, f.last, f.year)
            """,
            columns=columns,
        )
