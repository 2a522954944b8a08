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
          FROM (%(orders)s UNION ALL %(credit_notes)s) d
          JOIN res_partner p ON p.id = d.partner_id
          JOIN res_company c ON c.id = d.company_id
          LEFT JOIN resource_calendar k ON k.id = c.resource_calendar_id
        """,
        orders=_orders(env),
        credit_notes=_credit_notes(),
    )


def _orders(env):
    """Confirmed orders; one of less than nothing is a return."""
    margin = SQL("o.margin / o.rate") if has(env, "sale.order", "margin") else SQL("NULL")
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
    return SQL(
        """
        SELECT m.id, m.partner_id, m.company_id, TRUE, FALSE, m.at, COALESCE(t.bought_at, m.at),
               -t.amount, NULL,
               CASE WHEN m.reversed_entry_id IS NULL THEN m.ref
                    ELSE NULLIF(split_part(m.ref, v.name || ', ', 2), '') END
          FROM (SELECT *, invoice_date::timestamp AS at FROM account_move
                 WHERE move_type = 'out_refund' AND state = 'posted') m
          LEFT JOIN account_move v ON v.id = m.reversed_entry_id,
               LATERAL (%s) t
         WHERE t.amount > 0
        """,
        _taken_back(),
    )


def _taken_back():
    """Of one credit note ``m``: how much of what counts as bought it takes back."""
    lines = SQL(
        """
        SELECT s.order_id, e.id, e.move_type,
               l.price_total / COALESCE(NULLIF(e.invoice_currency_rate, 0), 1) AS amount
          FROM sale_order_line s
          JOIN sale_order_line_invoice_rel r ON r.order_line_id = s.id
          JOIN account_move_line l ON l.id = r.invoice_line_id
          JOIN account_move e ON e.id = l.move_id AND e.state = 'posted'
         WHERE s.is_downpayment IS NOT TRUE
        """
    )
    linked = SQL(
        "SELECT s.order_id FROM account_move_line l"
        " JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id"
        " JOIN sale_order_line s ON s.id = r.order_line_id"
    )
    return SQL(
        """
        SELECT sum(x.mine * GREATEST(0, x.refunded - GREATEST(0, x.invoiced - x.ordered))
                   / x.refunded) AS amount, max(x.at) AS bought_at
          FROM (SELECT o.amount_total / COALESCE(NULLIF(o.currency_rate, 0), 1) AS ordered,
                       o.date_order AS at, sum(n.amount) FILTER (WHERE n.id = m.id) AS mine,
                       sum(n.amount) FILTER (WHERE n.move_type = 'out_refund') AS refunded,
                       COALESCE(sum(n.amount) FILTER (WHERE n.move_type = 'out_invoice'), 0)
                       AS invoiced
                  FROM sale_order o JOIN (%(lines)s) n ON n.order_id = o.id
                 WHERE o.state = 'sale' AND o.id IN (%(linked)s WHERE l.move_id = m.id)
                 GROUP BY o.id) x
         WHERE x.refunded > 0 AND x.mine > 0
         UNION ALL
        SELECT abs(m.amount_total_signed), NULL
         WHERE NOT EXISTS (%(linked)s WHERE l.move_id = m.id)
           AND (m.reversed_entry_id IS NULL OR EXISTS (
                %(linked)s JOIN sale_order o ON o.id = s.order_id
                 WHERE l.move_id = m.reversed_entry_id AND o.state = 'sale'))
        """,
        linked=linked,
        lines=lines,
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
