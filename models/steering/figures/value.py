from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.fields import flag_domain

#: For so long each day is kept, then month ends.
KEPT_MONTHS = 13


class CustomerSheetKpiValue(models.Model):
    """A figure as it was on one day: frozen, for a company, a sector, a source, a team...

    A pair of counts, never a rate.  Whoever adds up cells of one day, of one dimension, gets the
    counts of all of them; :attr:`rate` is then their quotient, on any grouping.
    """

    _name = "customer.sheet.kpi.value"
    _description = "Figure of a Day"
    _order = "day desc, kpi_id, id"
    _rec_name = "kpi_id"
    _log_access = False

    kpi_id = fields.Many2one(
        "customer.sheet.kpi",
        "Figure",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    day = fields.Date("Counted on", required=True, readonly=True)
    version = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Of the definition: values of two versions are not one curve.",
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade", index=True)
    dimension = fields.Selection(
        [
            ("all", "All"),
            ("sector", "By sector"),
            ("source", "By source"),
            ("segment", "By segment"),
            ("team", "By sales team"),
            ("live_segment", "By live segment"),
        ],
        required=True,
        readonly=True,
    )
    key = fields.Char("Value in its dimension", readonly=True)
    sector = fields.Selection(selection=lambda self: self._sectors(), readonly=True)
    source_id = fields.Many2one("customer.sheet.option", readonly=True)
    segment_id = fields.Many2one("customer.sheet.option", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales team", readonly=True)
    live_segment_id = fields.Many2one("customer.sheet.segment", readonly=True)
    part = fields.Float(readonly=True)
    whole = fields.Float("Of", readonly=True)
    count = fields.Integer("Records", readonly=True)
    missing = fields.Integer("Not judged yet", readonly=True)
    spread = fields.Json("Records by day", readonly=True)
    rate = fields.Float(compute="_compute_rate", aggregator="avg", digits=(16, 3))
    is_month_end = fields.Boolean(
        "Last of its month", compute="_compute_is_month_end", search="_search_is_month_end"
    )

    _cell_unique = models.UniqueIndex(
        "(kpi_id, day, dimension, key, COALESCE(company_id, 0))",
        "This figure has been frozen for this day.",
    )

    @api.model
    def _sectors(self):
        return self.env["crm.lead"]._fields["sheet_sector"]._description_selection(self.env)

    @api.depends("part", "whole")
    def _compute_rate(self):
        for value in self:
            value.rate = value.part / value.whole if value.whole else 0

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec != "rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (self._field_to_sql(self._table, name, query) for name in ("part", "whole"))
        return SQL("SUM(%s) / NULLIF(SUM(%s), 0)", part, whole)

    @api.model
    def _thin_out(self, today):
        """Keep of former years the last day of each month."""
        past = fields.Date.subtract(today, months=KEPT_MONTHS)
        self.sudo().search([("day", "<", past), ("is_month_end", "=", False)]).unlink()

    # -- the last day of each month, of this month so far ---------------------

    def _compute_is_month_end(self):
        ends = self.search([("id", "in", self.ids), ("is_month_end", "=", True)])
        for value in self:
            value.is_month_end = value in ends

    @api.model
    def _search_is_month_end(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.flush_model(["kpi_id", "day"])
        ends = Domain.custom(to_sql=lambda model, alias, query: _is_month_end_sql(alias))
        return flag_domain(ends, value)


def _is_month_end_sql(alias):
    """Return the SQL condition that a figure was counted on no later day of the month."""
    return SQL(
        """
        NOT EXISTS (SELECT FROM customer_sheet_kpi_value later
                     WHERE later.kpi_id = %s AND later.day > %s
                       AND later.day < date_trunc('month', %s) + interval '1 month')
        """,
        SQL.identifier(alias, "kpi_id"),
        SQL.identifier(alias, "day"),
        SQL.identifier(alias, "day"),
    )
