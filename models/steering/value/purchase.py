from odoo import api, fields, models
from odoo.tools import SQL, format_amount, formatLang

from ...sheet import clock
from ...sheet.called import called
from .settings import CUSTOMER_YEARS

#: So many customers of a segment must have left before they tell how long customers stay.
LEAST_FORMER = 30
#: A customer has left who is silent for so many times the usual time between two orders.
SILENT = 2
#: The usual time between two orders where nobody has come back yet.
USUAL_DAYS = 365


class CustomerSheetPurchase(models.Model):
    """What a customer is worth: basket x orders a year x years that customers of the segment stay.

    The years are those of the segment, never of the customer: with one's own, the product would be
    no more than what has been spent so far.  That stands apart.
    """

    _inherit = "customer.sheet.purchase"

    frequency = fields.Float(
        "Orders a year",
        readonly=True,
        digits=(16, 2),
        aggregator="avg",
        help="Orders placed / years since the first one, at least one year.",
    )
    life = fields.Float(
        "Years that customers stay",
        readonly=True,
        digits=(16, 2),
        aggregator="avg",
        help="How long former customers of the segment bought, on average; a setting where fewer"
        " than 30 have left. Who is silent for twice the usual time between two orders has left.",
    )
    former_count = fields.Integer(
        "Former customers of the segment",
        readonly=True,
        aggregator=None,
        help="Those of whom the years are the average; none where the setting holds.",
    )
    value = fields.Monetary(
        "Customer value",
        readonly=True,
        help="Average basket x orders a year x years that customers of the segment stay.",
    )
    value_margin = fields.Monetary(
        "Value in margin",
        readonly=True,
        help="Margin of an order x orders a year x years that customers of the segment stay.",
    )
    is_due = fields.Boolean(
        "Had time to come back",
        readonly=True,
        help="The first order is at least as long ago as customers usually let pass between two.",
    )
    value_formula = fields.Char("How it is counted", compute="_compute_value_formula")

    @api.model
    def _rebuild(self):
        changed = super()._rebuild()
        self.env.cr.execute(self._value_sql())
        self.env.invalidate_all(flush=False)
        return changed

    @api.model
    def _value_sql(self):
        """Return the statement that sets the value of all customers."""
        return SQL(
            """
            WITH customers AS (
                SELECT w.id, w.company_id, p.sheet_segment_id AS segment, w.orders, w.basket,
                       w.margin, %(today)s::date - w.first_on AS days,
                       %(today)s::date - w.last_on AS silent, w.last_on - w.first_on AS span,
                       (w.last_on - w.first_on)::float / NULLIF(w.orders - 1, 0) AS pause
                  FROM customer_sheet_purchase w JOIN res_partner p ON p.id = w.partner_id
            ), lives AS (
                SELECT company_id, segment, avg(span) / 365.25 AS years, count(*) AS number
                  FROM customers WHERE pause > 0 AND silent > %(silent)s * pause
                 GROUP BY 1, 2 HAVING count(*) >= %(least)s
            ), pauses AS (
                SELECT company_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY pause) AS usual
                  FROM customers WHERE pause > 0 GROUP BY 1
            ), rates AS (
                SELECT c.*,
                       round((c.orders / GREATEST(1, c.days / 365.25))::numeric, 2) AS frequency,
                       round(COALESCE(l.years, %(years)s)::numeric, 2) AS life,
                       COALESCE(l.number, 0) AS former,
                       c.days >= COALESCE(u.usual, %(usual)s) AS is_due
                  FROM customers c
                  LEFT JOIN lives l ON l.company_id = c.company_id
                                   AND l.segment IS NOT DISTINCT FROM c.segment
                  LEFT JOIN pauses u ON u.company_id = c.company_id
            ), found AS (
                SELECT id, frequency, life, former, is_due,
                       round(basket * frequency * life, 2) AS value,
                       round(margin / NULLIF(orders, 0) * frequency * life, 2) AS value_margin
                  FROM rates
            )
            UPDATE customer_sheet_purchase w
               SET frequency = f.frequency, life = f.life, former_count = f.former,
                   is_due = f.is_due, value = f.value, value_margin = f.value_margin
              FROM found f
             WHERE f.id = w.id
               AND (w.frequency, w.life, w.former_count, w.is_due, w.value, w.value_margin)
                   IS DISTINCT FROM
                   (f.frequency, f.life, f.former, f.is_due, f.value, f.value_margin)
            """,
            today=clock.common_today(self.env),
            silent=SILENT,
            least=LEAST_FORMER,
            usual=USUAL_DAYS,
            years=CUSTOMER_YEARS.value(self.env),
        )

    @api.depends("basket", "frequency", "life", "former_count")
    @api.depends_context("lang")
    def _compute_value_formula(self):
        for line in self:
            words = {
                "basket": format_amount(self.env, line.basket, line.currency_id),
                "frequency": formatLang(self.env, line.frequency, digits=2),
                "years": formatLang(self.env, line.life, digits=2),
                "count": line.former_count,
            }
            line.value_formula = (
                self.env._(
                    "%(basket)s an order × %(frequency)s orders a year × %(years)s years, as long"
                    " as %(count)s former customers of the segment stayed",
                    **words,
                )
                if line.former_count
                else self.env._(
                    "%(basket)s an order × %(frequency)s orders a year × %(years)s years, a"
                    " setting: too few customers of the segment have left to tell",
                    **words,
                )
            )

    @called(one=True)
    def action_open_customer(self):
        """Open the contact."""
        return self.partner_id.get_formview_action()
