from odoo import api, fields, models
from odoo.tools import SQL

from ..statistics import refresh_statistics
from . import documents

#: What the nightly statement finds out, in the order of its columns.
FOUND = (
    "orders",
    "amount",
    "basket",
    "first_on",
    "last_on",
    "last_amount",
    "spend_12m",
    "returns",
    "returned",
    "margin",
    "return_reasons",
)

#: The same on the sheet, where they answer questions.
ON_CONTACTS = (
    "sheet_average_basket",
    "sheet_order_count",
    "sheet_last_order_date",
    "sheet_last_order_amount",
    "sheet_spend_12m",
)


class CustomerSheetPurchase(models.Model):
    """What one customer has bought from one company, in its currency (B2).

    Derived from orders and credit notes every night, in sets; empty without the sales app.  The
    customer is the commercial entity: what the people of a company order, the company buys.
    """

    _name = "customer.sheet.purchase"
    _description = "Purchases of a Customer"
    _order = "last_on DESC, id DESC"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    segment_id = fields.Many2one(related="partner_id.sheet_segment_id")
    sector = fields.Selection(related="partner_id.sheet_sector")
    source_id = fields.Many2one(related="partner_id.sheet_source_id")

    orders = fields.Integer("Orders placed", readonly=True, help="Confirmed orders.")
    amount = fields.Monetary(
        "Spent so far",
        readonly=True,
        help="Confirmed orders with taxes, at the rate of their day, less what was given back.",
    )
    basket = fields.Monetary(
        "Average basket", readonly=True, aggregator="avg", help="Spent so far / orders placed."
    )
    first_on = fields.Date("First order date", readonly=True)
    last_on = fields.Date("Last order date", readonly=True)
    last_amount = fields.Monetary("Last order amount", readonly=True)
    spend_12m = fields.Monetary(
        "Spent in 12 months",
        readonly=True,
        help="Orders of the last 12 months, less what was given back of them.",
    )
    returns = fields.Integer(
        readonly=True,
        help="Credit notes and orders of less than nothing. A credit note that only corrects an"
        " invoice is none.",
    )
    returned = fields.Monetary("Given back", readonly=True)
    return_reasons = fields.Char("Said about returns", readonly=True)
    margin = fields.Monetary(
        readonly=True,
        help="Of the confirmed orders, without taxes, in proportion to what was not given back.",
    )
    product_ids = fields.Many2many(
        "product.template",
        "customer_sheet_purchase_product_rel",
        string="Bought most",
        readonly=True,
        help="The three products on which the customer has spent most.",
    )

    _customer_unique = models.Constraint(
        "UNIQUE (partner_id, company_id)", "There is one line a customer and company."
    )

    @api.model
    def _rebuild(self):
        """Bring all lines up to date, in a few statements.

        :return: ids of the contacts whose sheet has changed with it
        """
        self.env.flush_all()
        moved = [id_ for (id_,) in self.env.execute_query(self._figures_sql())]
        refresh_statistics(self.env, self._table, self._fields["product_ids"].relation)
        self.env.cr.execute(self._products_sql())
        changed = self._tell_contacts(moved)
        self.env.invalidate_all(flush=False)
        return changed

    @api.model
    def _clear(self):
        """Delete all lines: the app from which they came is gone."""
        self.env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(self._table)))
        self.invalidate_model(flush=False)

    @api.model
    def _figures_sql(self):
        """Return the statement that makes, updates and deletes the lines, and says whose."""
        columns = SQL(", ").join(map(SQL.identifier, FOUND))
        return SQL(
            """
            WITH documents AS MATERIALIZED (%(documents)s),
            figures AS (
                SELECT partner_id, company_id,
                       count(*) FILTER (WHERE NOT is_return) AS orders, sum(amount) AS amount,
                       sum(amount) / NULLIF(count(*) FILTER (WHERE NOT is_return), 0) AS basket,
                       min(day) FILTER (WHERE NOT is_return) AS first_on,
                       max(day) FILTER (WHERE NOT is_return) AS last_on,
                       (array_agg(amount ORDER BY at DESC, id DESC)
                        FILTER (WHERE NOT is_return))[1] AS last_amount,
                       COALESCE(sum(amount) FILTER (
                           WHERE bought_at > %(now)s::timestamp - interval '12 months'), 0)
                       AS spend_12m,
                       count(*) FILTER (WHERE is_return) AS returns,
                       -COALESCE(sum(amount) FILTER (WHERE is_return), 0) AS returned,
                       sum(margin) * GREATEST(0, sum(amount)) / NULLIF(
                           sum(amount) FILTER (WHERE is_order), 0) AS margin,
                       array_agg(left(btrim(reason), 60))
                       FILTER (WHERE is_return AND btrim(reason) <> '') AS reasons
                  FROM documents GROUP BY 1, 2
                HAVING count(*) FILTER (WHERE NOT is_return) > 0
            ), found AS (
                SELECT f.partner_id, f.company_id, f.orders,
                       round(f.amount::numeric, d.digits) AS amount,
                       round(f.basket::numeric, d.digits) AS basket, f.first_on, f.last_on,
                       round(f.last_amount::numeric, d.digits) AS last_amount,
                       round(f.spend_12m::numeric, d.digits) AS spend_12m, f.returns,
                       round(f.returned::numeric, d.digits) AS returned,
                       round(f.margin::numeric, d.digits) AS margin,
                       (SELECT string_agg(said, ' · ')
                          FROM (SELECT said || CASE WHEN count(*) > 1 THEN ' (' || count(*) || ')'
                                               ELSE '' END AS said
                                  FROM unnest(f.reasons) said
                                 GROUP BY said ORDER BY count(*) DESC, said LIMIT 3) counted
                       ) AS return_reasons
                  FROM figures f
                  JOIN (SELECT c.id, COALESCE(n.decimal_places, 2) AS digits
                          FROM res_company c JOIN res_currency n ON n.id = c.currency_id) d
                    ON d.id = f.company_id
            ), gone AS (
                DELETE FROM customer_sheet_purchase w
                 WHERE NOT EXISTS (SELECT 1 FROM found f WHERE f.partner_id = w.partner_id
                                      AND f.company_id = w.company_id)
                RETURNING w.partner_id
            ), put AS (
                INSERT INTO customer_sheet_purchase AS w (partner_id, company_id, %(columns)s)
                SELECT partner_id, company_id, %(columns)s FROM found
                    ON CONFLICT (partner_id, company_id) DO UPDATE SET (%(columns)s) = (%(new)s)
                 WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
                RETURNING w.partner_id
            )
            SELECT partner_id FROM gone UNION ALL SELECT partner_id FROM put
            """,
            documents=documents.documents(self.env),
            now=fields.Datetime.now(),
            columns=columns,
            old=SQL(", ").join(SQL.identifier("w", name) for name in FOUND),
            new=SQL(", ").join(SQL.identifier("excluded", name) for name in FOUND),
        )

    @api.model
    def _products_sql(self):
        """Return the statement that says which three products each customer has bought most."""
        return SQL(
            """
            WITH found AS (
                SELECT w.id, b.product_id
                  FROM (SELECT partner_id, company_id, product_id,
                               row_number() OVER (PARTITION BY partner_id, company_id
                                                  ORDER BY sum(amount) DESC, product_id) AS rank
                          FROM (%s) bought GROUP BY 1, 2, 3) b
                  JOIN customer_sheet_purchase w USING (partner_id, company_id)
                 WHERE b.rank <= 3
            ), gone AS (
                DELETE FROM customer_sheet_purchase_product_rel r
                 WHERE NOT EXISTS (SELECT 1 FROM found f WHERE f.id = r.customer_sheet_purchase_id
                                      AND f.product_id = r.product_template_id)
            )
            INSERT INTO customer_sheet_purchase_product_rel
                   (customer_sheet_purchase_id, product_template_id)
            SELECT id, product_id FROM found ON CONFLICT DO NOTHING
            """,
            documents.bought(self.env),
        )

    @api.model
    def _tell_contacts(self, moved):
        """Set the purchase figures of the contacts' sheets from these lines.

        A contact of one company shows what it bought there; a shared one what it bought where
        it bought last: amounts of several companies do not add up.  Whose orders are all
        cancelled, deleted or another's goes back to nothing; what was typed for a customer who
        has never bought stays.

        :param moved: ids of the customers whose lines have just changed or gone
        :return: ids of those whose sheet has changed
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH latest AS (
                    SELECT DISTINCT ON (w.partner_id) w.*
                      FROM customer_sheet_purchase w JOIN res_partner p ON p.id = w.partner_id
                     WHERE p.company_id IS NULL OR p.company_id = w.company_id
                     ORDER BY w.partner_id, w.last_on DESC, w.company_id
                ), told AS (
                    SELECT partner_id AS id FROM customer_sheet_purchase
                     UNION SELECT unnest(%(moved)s::int[])
                ), figures AS (
                    SELECT t.id, l.basket, COALESCE(l.orders, 0) AS orders, l.last_on,
                           l.last_amount, COALESCE(l.spend_12m, 0) AS spend_12m
                      FROM told t LEFT JOIN latest l ON l.partner_id = t.id
                )
                UPDATE res_partner SET (%(columns)s) =
                       (f.basket, f.orders, f.last_on, f.last_amount, f.spend_12m)
                  FROM figures f
                 WHERE f.id = res_partner.id
                   AND (f.orders > 0 OR res_partner.sheet_order_count > 0)
                   AND (%(columns)s) IS DISTINCT FROM
                       (f.basket, f.orders, f.last_on, f.last_amount, f.spend_12m)
                RETURNING res_partner.id
                """,
                columns=SQL(", ").join(map(SQL.identifier, ON_CONTACTS)),
                moved=moved,
            )
        )
        return [id_ for (id_,) in rows]
