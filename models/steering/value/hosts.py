from odoo import fields, models
from odoo.tools import formatLang

from ...sheet.fields import SHEET_USER
from ...sheet.purchases.of_line import of_line


class ResPartner(models.Model):
    """What a customer is worth, and how satisfied they are, on their sheet."""

    _inherit = "res.partner"

    sheet_customer_value = of_line("value", fields.Monetary)
    sheet_customer_value_margin = of_line("value_margin", fields.Monetary)
    sheet_customer_value_formula = of_line("value_formula", fields.Char)
    sheet_satisfaction = fields.Char(
        "Satisfaction",
        compute="_compute_sheet_satisfaction",
        compute_sudo=False,
        groups=SHEET_USER,
        help="Average of the ratings that the customer and their people have given.",
    )

    def _compute_sheet_satisfaction(self):
        given = self._sheet_ratings()
        for partner in self:
            count, total = given.get(partner._origin.id, (0, 0))
            partner.sheet_satisfaction = (
                self.env._(
                    "%(average)s of 5 (ratings: %(count)s)",
                    average=formatLang(self.env, total / count, digits=1),
                    count=count,
                )
                if count
                else False
            )

    def _sheet_ratings(self):
        """Return ``{contact id: (number, sum)}`` of the ratings, where the app is installed."""
        ratings = self.env.get("rating.rating")
        if ratings is None or not ratings.has_access("read"):
            return {}
        people = [("partner_id", "child_of", self._origin.ids), ("consumed", "=", True)]
        found = {}
        for person, count, total in ratings._read_group(
            people, ["partner_id"], ["__count", "rating:sum"]
        ):
            for partner in {person.id, person.commercial_partner_id.id}:
                number, so_far = found.get(partner, (0, 0))
                found[partner] = number + count, so_far + total
        return found
