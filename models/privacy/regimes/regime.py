from datetime import timedelta

from odoo import api, fields, models

from ....tools.deadline import Period, deadline
from .days_off import days_off

#: No deadline is further away than that from the day on which a request came.
FURTHEST = timedelta(days=5 * 365)


class CustomerSheetRegime(models.Model):
    """The law of a place, as data: how long there is to answer, and whom one complains to.

    What a request or a breach takes from it, it keeps: a law that changes later changes nothing
    of what was under way.
    """

    _name = "customer.sheet.regime"
    _description = "Privacy Law"
    _order = "sequence, id"

    name = fields.Char("Law", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    country_id = fields.Many2one(
        "res.country",
        index="btree_not_null",
        help="Of the people whose law this is, and of the public holidays that count.",
    )
    country_group_id = fields.Many2one(
        "res.country.group",
        "Group of countries",
        index="btree_not_null",
        help="For those of its countries that have no law here. Public holidays are those of the"
        " company's country.",
    )

    # a request
    unit = fields.Selection(
        [("months", "Months"), ("days", "Days")], "Counted in", required=True, default="months"
    )
    count = fields.Integer("Time to answer", required=True, default=1)
    is_clear = fields.Boolean(
        "Clear days", help="Neither the day on which a request comes nor the last one counts."
    )
    extension = fields.Integer(
        "May be longer by", help="If the person is told why in time; 0 = never."
    )
    pauses = fields.Boolean(
        "Stands still for proof of identity",
        help="Time does not run between asking who it is and the answer.",
    )

    # a breach
    breach_hours = fields.Integer(
        "Hours to notify a breach",
        help="From when it was discovered; they run through nights, weekends and holidays. 0 = the"
        " law says nothing.",
    )

    # what has to be kept of a person who asks to be forgotten
    accounting_years = fields.Integer(
        "Years of accounting documents",
        required=True,
        default=10,
        help="From the end of the financial year of each document.",
    )
    claims_years = fields.Integer(
        "Years of contracts",
        required=True,
        default=5,
        help="From the last of them on: as long as claims may follow.",
    )
    kept_source = fields.Char("Which laws say so", translate=True)

    # whom one turns to
    authority = fields.Char(required=True, translate=True)
    authority_url = fields.Char("Its website")
    complaint = fields.Text(
        "How to complain",
        required=True,
        translate=True,
        help="Printed in answers: what somebody does who does not agree.",
    )

    # where it says so
    source = fields.Text(translate=True, help="The articles that say so.")
    source_url = fields.Char("Link to the source")
    to_confirm = fields.Text(
        "To be confirmed by counsel", translate=True, help="What we are not sure of."
    )

    _count_positive = models.Constraint("CHECK (count > 0)", "There is a day at least to answer.")
    _not_negative = models.Constraint(
        "CHECK (extension >= 0 AND breach_hours >= 0)", "Time cannot be negative."
    )
    _kept_not_negative = models.Constraint(
        "CHECK (accounting_years BETWEEN 0 AND 100 AND claims_years BETWEEN 0 AND 100)",
        "Documents are kept for 0 to 100 years.",
    )

    @api.model
    def _for(self, *countries):
        """Return the law of the first of these countries that has one, else the widest."""
        laws = self.sudo().search([("active", "=", True)])
        for country in filter(None, countries):
            own = laws.filtered(lambda law, here=country: law.country_id == here)
            wide = laws.filtered(lambda law, here=country: here in law.country_group_id.country_ids)
            if own or wide:
                return (own or wide)[0]
        return (laws.filtered(lambda law: not law.country_id) or laws)[:1]

    def _period(self):
        """Return the time to answer as :class:`Period` takes it, to be kept."""
        return {name: self[name] for name in Period._fields}

    def _deadline(self, received, period, events, company):
        """Return until when a request has to be answered, and the holidays by day.

        :param period: what :meth:`_period` returned when the request took it
        """
        country = self.country_id or company.country_id
        off = days_off(company, country, received, received + FURTHEST)
        return deadline(received, Period(**period), events, off), off
