from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.called import called
from ...sheet.fields import HOSTS
from ...sheet.upkeep import ROUNDS
from ..settings import REVIEWER
from .cluster import OPEN

#: How long the reviewer has.
DAYS = timedelta(days=7)

#: Over ``sheet(node, created, merged, incomplete)``; a record is a duplicate where an older one
#: of the same customer exists, or where it was merged into one.
COUNT = """
WITH sheet AS (%(sheets)s),
     newer AS (SELECT CASE WHEN node1 > 0 THEN node2 ELSE node1 END AS node
                 FROM customer_sheet_duplicate WHERE %(open)s),
     judged AS (SELECT s.*, created >= %(start)s AND created < %(stop)s AS is_new,
                       merged OR node IN (SELECT node FROM newer) AS is_duplicate
                  FROM sheet s WHERE created < %(stop)s)
SELECT count(*) AS sheet_count,
       count(*) FILTER (WHERE is_duplicate) AS duplicate_count,
       count(*) FILTER (WHERE is_new) AS new_count,
       count(*) FILTER (WHERE is_new AND is_duplicate) AS new_duplicate_count,
       count(*) FILTER (WHERE is_new AND merged) AS new_merged_count,
       count(*) FILTER (WHERE incomplete AND NOT merged) AS incomplete_count
  FROM judged
"""


class CustomerSheetReview(models.Model):
    """One month of the customer base: its figures (G1) and the review somebody owes (C8).

    The figures are those of the first day after the month; a sheet is a contact that carries
    one, or a lead without a contact.
    """

    _name = "customer.sheet.review"
    _description = "Monthly Review"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "customer.sheet.evidence.mixin",
        "customer.sheet.titled.mixin",
    ]
    _order = "month desc"

    _sheet_editable = frozenset({"user_id"})

    month = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Reviewer", index="btree_not_null", tracking=True)
    state = fields.Selection(
        [("open", "To review"), ("done", "Reviewed")], default="open", required=True, readonly=True
    )
    done_by_id = fields.Many2one("res.users", "Reviewed by", readonly=True)
    done_on = fields.Datetime("Reviewed on", readonly=True)
    sheet_count = fields.Integer("Sheets", readonly=True, aggregator="max")
    duplicate_count = fields.Integer(
        "Duplicates",
        readonly=True,
        aggregator="max",
        help="Sheets of customers who already had one: certain and probable pairs that nobody has"
        " decided about, and merged records.",
    )
    duplicate_rate = fields.Float(
        readonly=True, aggregator="avg", help="Duplicates / sheets created."
    )
    new_count = fields.Integer("New sheets", readonly=True)
    new_duplicate_count = fields.Integer("Duplicates among the new", readonly=True)
    new_merged_count = fields.Integer("Of these merged", readonly=True)
    new_duplicate_rate = fields.Float(
        "Duplicate rate of the month",
        readonly=True,
        aggregator="avg",
        help="Duplicates detected among the sheets of the month / new sheets of the month.",
    )
    incomplete_count = fields.Integer("Incomplete sheets", readonly=True, aggregator="max")
    incomplete_rate = fields.Float(readonly=True, aggregator="avg")

    _month_unique = models.Constraint("UNIQUE (month)", "This month already has its review.")

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_name(self):
        return super()._compute_name()

    @api.model
    def _title(self, **parts):
        return self.env._("Review of %(month)s", **parts)

    def _title_parts(self):
        return {"month": self._month_name(self.month)}

    @api.model
    def _title_sql(self, alias):
        months = [month for [month] in self.sudo()._read_group([], ["month:day"])]
        names = [SQL("WHEN %s THEN %s", month, self._month_name(month)) for month in months]
        month = SQL.identifier(alias, "month")
        return {"month": SQL("CASE %s %s END", month, SQL(" ").join(names)) if names else SQL("''")}

    @api.model
    def _month_name(self, month):
        return self.env["ir.qweb.field.date"].value_to_html(month, {"format": "MMMM yyyy"})

    # -- every month ---------------------------------------------------------

    @api.model
    def _cron_review(self):
        """Count last month and ask somebody to look through it, once.

        A month that was over before the module was there is nobody's.
        """
        first = fields.Date.today().replace(day=1)
        month = first - relativedelta(months=1)
        began = self.env.ref(ROUNDS["nightly"]).sudo().create_date.date()
        if began <= first and not self.sudo().search_count([("month", "=", month)]):
            self._open_month(month)

    @api.model
    def _open_month(self, month):
        """Return the review of a month, counted now, with an activity for its reviewer.

        :param month: date of its first day
        """
        review = self.sudo().create(
            {"month": month, "user_id": self._reviewer().id, **self._figures(month)}
        )
        if review.user_id:
            review.activity_schedule(
                "mail.mail_activity_data_todo",
                fields.Date.today() + DAYS,
                summary=self.env._("Review the duplicates and the incomplete sheets"),
                user_id=review.user_id.id,
            )
        return review

    @api.model
    def _reviewer(self):
        """Return the user of the setting, else the first data steward, else a manager."""
        chosen = REVIEWER.value(self.env)
        if chosen.active:
            return chosen
        for group in ("group_sheet_steward", "group_sheet_manager"):
            users = self.env.ref(f"crm_customer_sheet.{group}").sudo().user_ids
            if users := users.filtered(lambda user: user.active and not user.share):
                return users.sorted("id")[0]
        return self.env["res.users"]

    # -- figures ---------------------------------------------------------------

    @api.model
    def _figures(self, month):
        """Return the figures of a month as values of a review."""
        self.env.flush_all()
        sheets = SQL(" UNION ALL ").join(self._sheets_sql(host) for host in HOSTS)
        [row] = self.env.execute_query_dict(
            SQL(
                COUNT,
                sheets=sheets,
                open=OPEN,
                start=month,
                stop=month + relativedelta(months=1),
            )
        )

        def rate(part, whole):
            return row[part] / row[whole] if row[whole] else 0.0

        return {
            **row,
            "duplicate_rate": rate("duplicate_count", "sheet_count"),
            "new_duplicate_rate": rate("new_duplicate_count", "new_count"),
            "incomplete_rate": rate("incomplete_count", "sheet_count"),
        }

    @api.model
    def _sheets_sql(self, host):
        """Return all records of a host that are a sheet, those merged away included."""
        model = self.env[host].sudo().with_context(active_test=False)
        merged = Domain("sheet_merged_into_id", "!=", False)
        domain = model._sheet_domain() & (Domain("active", "=", True) | merged)
        if host == "crm.lead":
            domain &= Domain("partner_id", "=", False)
        sign = SQL("-1" if host == "crm.lead" else "1")
        query = model._search(domain)
        column = {
            name: model._field_to_sql(query.table, name, query)
            for name in ("id", "create_date", "sheet_merged_into_id", "sheet_missing")
        }
        return query.select(
            SQL("%s * %s AS node", sign, column["id"]),
            SQL("%s AS created", column["create_date"]),
            SQL("%s IS NOT NULL AS merged", column["sheet_merged_into_id"]),
            SQL("%s IS NOT NULL AS incomplete", column["sheet_missing"]),
        )

    # -- the work ----------------------------------------------------------------

    @called()
    def action_open_duplicates(self):
        """Open the pairs that wait for a decision."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_duplicate_action"
        )

    @called()
    def action_open_contacts(self):
        """Open the incomplete sheets of contacts."""
        return self._action_incomplete("res_partner_action_quality")

    @called()
    def action_open_leads(self):
        """Open the incomplete sheets of leads."""
        return self._action_incomplete("crm_lead_action_quality")

    def _action_incomplete(self, name):
        action = self.env["ir.actions.act_window"]._for_xml_id(f"crm_customer_sheet.{name}")
        return {
            **action,
            "name": self.env._("Incomplete sheets"),
            "context": {"search_default_sheet_incomplete": 1},
        }

    @called()
    def action_done(self):
        """Note that the user has looked through this month."""
        self.check_access("write")
        reviews = self.filtered(lambda review: review.state == "open")
        reviews._change(
            {"state": "done", "done_by_id": self.env.uid, "done_on": fields.Datetime.now()}
        )
        reviews.activity_feedback(["mail.mail_activity_data_todo"])
