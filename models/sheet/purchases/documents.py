"""What customers have bought and given back, as SQL over the tables of the sales app.

Amounts are with taxes, in the currency of the company, at the rate of the day of the document.
"""

from odoo.tools import SQL


def is_installed(env):
    """Tell whether orders can be read; the sales app brings invoices with it."""
    return "sale.order" in env


def has(env, model, name):
    """Tell whether this app has given the model that column."""
    field = env[model]._fields.get(name)
    return field is not None and bool(field.store)


def documents(env):
    """Return the SELECT of all orders and returns, a row each.

    ``partner_id`` (the commercial entity), ``company_id``, ``is_return``, ``is_order``, ``at``,
    ``day``, ``bought_at`` (of a credit note, when the order was placed that it takes back),
    ``amount`` (negative for a return), ``margin``, ``reason``
    """
    return SQL(
        """
        SELECT COALESCE(p.commercial_partner_id, p.id) AS partner_id, d.company_id, d.is_return,
               d.is_order, d.id, d.at, d.bought_at, d.amount, d.margin, d.reason,
               (d.at AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(k.tz, 'UTC'))::date AS day
          FROM (%(orders)s UNION ALL (%(credit_notes)s)) d
          JOIN res_partner p ON p.id = d.partner_id
          JOIN res_company c ON c.id = d.company_id
          LEFT JOIN resource_calendar k ON k.id = c.resource_calendar_id
        """,
        orders=_orders(env),
        credit_notes=_credit_notes(),
    )


def _orders(env):
    """Confirmed orders; one of less than nothing is a return."""
    margin = SQL("o.margin / o.rate") if has(env, "sale.order", "margin") else SQL("NULL::numeric")
    return SQL(
        """
        SELECT o.id, o.partner_id, o.company_id, o.amount_total < 0 AS is_return,
               TRUE AS is_order, o.date_order AS at, o.date_order AS bought_at,
               o.amount_total / o.rate AS amount, %s AS margin,
               CASE WHEN o.amount_total < 0 THEN o.client_order_ref END AS reason
          FROM (SELECT *, COALESCE(NULLIF(currency_rate, 0), 1) AS rate
                  FROM sale_order WHERE state = 'sale') o
        """,
        margin,
    )


def _credit_notes():
    """Posted credit notes, as far as they take back what counts as bought.

    What a credit note takes back of an order is not given back if it has been invoiced again: it
    only corrects.  A credit note that comes from no order counts, unless it takes back an
    invoice that comes from none either, or from a cancelled one: that was never counted.
    """
    linked = SQL(
        "account_move_line l JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id"
        " JOIN sale_order_line s ON s.id = r.order_line_id"
    )
    return SQL(
        """
        WITH notes AS MATERIALIZED (
            SELECT *, invoice_date::timestamp AS at FROM account_move
             WHERE move_type = 'out_refund' AND state = 'posted'
        ), links AS MATERIALIZED (
            SELECT DISTINCT m.id, s.order_id FROM notes m, %(linked)s WHERE l.move_id = m.id
        ), lines AS MATERIALIZED (
            SELECT s.order_id, e.id, e.move_type,
                   sum(l.price_total / COALESCE(NULLIF(e.invoice_currency_rate, 0), 1)) AS amount
              FROM %(linked)s JOIN account_move e ON e.id = l.move_id AND e.state = 'posted'
             WHERE s.is_downpayment IS NOT TRUE AND s.order_id IN (SELECT order_id FROM links)
             GROUP BY 1, 2, 3
        ), orders AS (
            SELECT o.id, o.date_order, n.refunded, GREATEST(0, n.refunded - GREATEST(0, n.invoiced
                   - o.amount_total / COALESCE(NULLIF(o.currency_rate, 0), 1))) AS returned
              FROM sale_order o
              JOIN (SELECT order_id,
                           sum(amount) FILTER (WHERE move_type = 'out_refund') AS refunded,
                           COALESCE(sum(amount) FILTER (WHERE move_type = 'out_invoice'), 0)
                           AS invoiced
                      FROM lines GROUP BY 1) n ON n.order_id = o.id
             WHERE o.state = 'sale' AND n.refunded > 0
        ), taken AS (
            SELECT n.id, sum(n.amount * o.returned / o.refunded) AS amount,
                   max(o.date_order) AS bought_at
              FROM lines n JOIN orders o ON o.id = n.order_id
             WHERE n.move_type = 'out_refund' AND n.amount > 0
             GROUP BY 1
             UNION ALL
            SELECT m.id, abs(m.amount_total_signed), m.at FROM notes m
             WHERE NOT EXISTS (SELECT 1 FROM links WHERE links.id = m.id)
               AND (m.reversed_entry_id IS NULL OR EXISTS (
                    SELECT 1 FROM %(linked)s JOIN sale_order o ON o.id = s.order_id
                     WHERE l.move_id = m.reversed_entry_id AND o.state = 'sale'))
        )
        SELECT m.id, m.partner_id, m.company_id, TRUE, FALSE, m.at, t.bought_at, -t.amount, NULL,
               CASE WHEN m.reversed_entry_id IS NULL THEN m.ref
                    ELSE NULLIF(split_part(m.ref, v.name || ', ', 2), '') END
          FROM notes m JOIN taken t ON t.id = m.id AND t.amount > 0
          LEFT JOIN account_move v ON v.id = m.reversed_entry_id
        """,
        linked=linked,
    )


def bought(env):
    """Return the SELECT of the lines of goods and services bought, without what is no choice.

    ``partner_id``, ``company_id``, ``order_id``, ``product_id`` (the template), ``amount``
    """
    optional = {"is_delivery": "IS NOT TRUE", "reward_id": "IS NULL"}
    conditions = [
        SQL("AND %s %s", SQL.identifier("l", name), SQL(test))  # pylint: disable=sql-injection
        for name, test in optional.items()
        if has(env, "sale.order.line", name)
    ]
    return SQL(
        """
        SELECT COALESCE(p.commercial_partner_id, p.id) AS partner_id, o.company_id,
               l.order_id, v.product_tmpl_id AS product_id,
               l.price_total / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount
          FROM sale_order_line l
          JOIN sale_order o ON o.id = l.order_id AND o.state = 'sale'
          JOIN product_product v ON v.id = l.product_id
          JOIN res_partner p ON p.id = o.partner_id
         WHERE l.display_type IS NULL AND l.is_downpayment IS NOT TRUE AND l.price_total > 0 %s
        """,
        SQL(" ").join(conditions),
    )
