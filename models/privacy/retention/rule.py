from odoo import api, fields, models
from odoo.tools import SQL

STATUSES = [("prospect", "Prospects"), ("customer", "Customers")]
AFTERWARDS = [("erase", "Erase"), ("restrict", "Keep, but do not use any more")]
#: Nothing is kept for longer than a hundred years.
MOST_MONTHS = 1200


class CustomerSheetRetentionRule(models.Model):
    """How long data of some people stay, from what they did last, and what happens then.

    The first rule that fits is the one that counts.  Whom none fits stays.
    """

    _name = "customer.sheet.retention.rule"
    _description = "Retention Rule"
    _order = "sequence, id"

    name = fields.Char("Rule", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)

    # whose
    status = fields.Selection(STATUSES, "Whose data", required=True, default="prospect")
    typology = fields.Selection(
        [("b2c", "Consumers"), ("b2b", "Companies")], "Only", help="Empty: both."
    )
    country_ids = fields.Many2many(
        "res.country", string="Countries", help="Of the people. Empty: all of them."
    )

    # how long
    months = fields.Integer(
        "Kept for (months)",
        required=True,
        default=36,
        help="From what the person did last: a message, a form, an order, a visit, a meeting, a"
        " click. Of somebody who did nothing, from when the record was made. What we send counts"
        " for nothing, nor that it was opened.",
    )
    ask_purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose",
        "Ask once before",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_marketing", "=", True)],
        help="An e-mail asks them whether they still agree to this purpose. A yes starts the time"
        " anew. Empty: nobody is asked.",
    )
    ask_days = fields.Integer("Days to answer", default=30)

    # and then
    afterwards = fields.Selection(AFTERWARDS, "Then", required=True, default="erase")
    more_months = fields.Integer(
        "For another (months)", default=24, help="Then what was kept is erased, too."
    )

    # why
    source = fields.Text(translate=True, help="Where it says so.")
    source_url = fields.Char("Link to the source")
    to_confirm = fields.Text(
        "To be confirmed by counsel", translate=True, help="What we are not sure of."
    )

    _months_positive = models.Constraint(
        f"CHECK (months BETWEEN 1 AND {MOST_MONTHS} AND more_months BETWEEN 1 AND {MOST_MONTHS})",
        "Data are kept for a month at least, and for a hundred years at most.",
    )
    _days_positive = models.Constraint(
        "CHECK (ask_days BETWEEN 7 AND 365)",
        "Leave people a week at least to answer, and a year at most.",
    )

    @api.model
    def _in_force(self):
        """Return the rules that count, in their order."""
        return self.sudo().search([("active", "=", True)])

    def _fitting_sql(self, alias):
        """Return the SQL of the id of the first of these rules that fits a person."""
        cases = [SQL("WHEN %s THEN %s", rule._fits_sql(alias), rule.id) for rule in self]
        return SQL("CASE %s END", SQL(" ").join(cases)) if cases else SQL("NULL::int")

    def _fits_sql(self, alias):
        conditions = [SQL("%s = %s", SQL.identifier(alias, "status"), self.status)]
        if self.typology:
            conditions.append(SQL("%s = %s", SQL.identifier(alias, "typology"), self.typology))
        if self.country_ids:
            countries = self.country_ids.ids
            conditions.append(SQL("%s = ANY(%s)", SQL.identifier(alias, "country_id"), countries))
        return SQL(" AND ").join(conditions)
