from odoo import api, fields, models
from odoo.tools import SQL

from ..fields import SHEET_USER

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
        """Return the UPDATE of the figures of everybody who has ever had an order.

        Those whose orders are all cancelled go back to nothing; what was typed for customers
        without any order, before there was the app, stays.
        """
        columns = SQL(", ").join(map(SQL.identifier, PURCHASES))
        return SQL(
            """
            WITH orders AS (
                SELECT p.commercial_partner_id AS id, o.state, o.date_order,
                       (o.date_order AT TIME ZONE 'UTC'
                        AT TIME ZONE COALESCE(k.tz, 'UTC'))::date AS day,
                       o.amount_total / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount
                  FROM sale_order o JOIN res_partner p ON p.id = o.partner_id
                  LEFT JOIN res_company c ON c.id = o.company_id
                  LEFT JOIN resource_calendar k ON k.id = c.resource_calendar_id
            ), figures AS (
                SELECT id, round(avg(amount) FILTER (WHERE state = 'sale')::numeric, 2) AS basket,
                       count(*) FILTER (WHERE state = 'sale') AS number,
                       max(day) FILTER (WHERE state = 'sale') AS last_on,
                       round((array_agg(amount ORDER BY date_order DESC)
                              FILTER (WHERE state = 'sale'))[1]::numeric, 2) AS last,
                       round(COALESCE(sum(amount) FILTER (
                           WHERE state = 'sale'
                             AND date_order > now() AT TIME ZONE 'UTC' - interval '12 months'
                       ), 0)::numeric, 2) AS year
                  FROM orders GROUP BY id
            )
            UPDATE res_partner SET (%(columns)s) = (f.basket, f.number, f.last_on, f.last, f.year)
              FROM figures f
             WHERE f.id = res_partner.id
               AND (f.number > 0 OR res_partner.sheet_order_count > 0)
               AND (%(columns)s) IS DISTINCT FROM (f.basket, f.number, f.last_on, f.last, f.year)
            """,
            columns=columns,
        )
