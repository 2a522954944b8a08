from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...duplicates.queue.cluster import OPEN
from ...sheet import clock
from ...sheet.called import called
from ...sheet.fields import HOSTS
from ...sheet.upkeep import ROUNDS
from .counts import COUNT
from .settings import REVIEWER
from .worklist import of_company

ACTIVITY = "crm_customer_sheet.mail_activity_type_review"
#: By kind: months of the period, days to look through it, and how its name is written.
PERIODS = {"month": (1, 7, "MMMM yyyy"), "quarter": (3, 14, "QQQ yyyy")}


class CustomerSheetReview(models.Model):
    """A month or a quarter of one company's customers: figures (G1) and what is signed (C8).

    **How it works.**  On the first day after the period it is counted and its worklists are
    frozen (:meth:`_lines`).  Each line is open until its records are found to be mended, or until
    somebody says why they stay as they are.  Then it is signed, see ``signing``.  A quarter is
    about controls, a sample and who took data out, see ``quarters``.

    The figures are those of that first day; a sheet is a contact that carries one, or a lead
    without a contact.  Records of no company are looked through by each: all of them work with
    them.  Reviews of former versions are of all companies, and name none.
    """

    _name = "customer.sheet.review"
    _description = "Data Review"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "customer.sheet.evidence.mixin",
        "customer.sheet.titled.mixin",
    ]
    _order = "month desc, kind"

    #: Of the lines, what they let be changed.
    _sheet_editable = frozenset({"user_id", "line_ids"})

    kind = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter")],
        "Period",
        default="month",
        required=True,
        readonly=True,
    )
    month = fields.Date("First day", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    user_id = fields.Many2one("res.users", "Reviewer", index="btree_not_null", tracking=True)
    due_on = fields.Date("To be signed by", readonly=True)
    reminded_on = fields.Date(readonly=True)
    state = fields.Selection(
        [("open", "To review"), ("signed", "To be signed again"), ("done", "Signed")],
        default="open",
        required=True,
        readonly=True,
    )
    line_ids = fields.One2many("customer.sheet.review.line", "review_id", "Worklists")
    open_count = fields.Integer("Open worklists", compute="_compute_open_count")
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
        "Duplicate rate of the period",
        readonly=True,
        aggregator="avg",
        help="Duplicates detected among the sheets of the period / its new sheets.",
    )
    incomplete_count = fields.Integer("Incomplete sheets", readonly=True, aggregator="max")
    incomplete_rate = fields.Float(readonly=True, aggregator="avg")

    _period_unique = models.UniqueIndex(
        "(kind, month, COALESCE(company_id, 0))", "This month or quarter already has its review."
    )

    @api.depends("kind", "month", "company_id")
    @api.depends_context("lang")
    def _compute_name(self):
        return super()._compute_name()

    @api.model
    def _title(self, **parts):
        return self.env._("Review of %(month)s", **parts)

    def _title_parts(self):
        return {"month": self._period_of(self.kind, self.month, self.company_id)}

    @api.model
    def _title_sql(self, alias):
        columns = ("kind", "month", "company_id")
        key = SQL("concat_ws(' ', %s)", SQL(", ").join(SQL.identifier(alias, c) for c in columns))
        periods = self.sudo()._read_group([], ["kind", "month:day", "company_id"])
        names = [
            SQL(
                "WHEN %s THEN %s",
                " ".join(map(str, filter(None, (kind, first, company.id)))),
                self._period_of(kind, first, company),
            )
            for kind, first, company in periods
        ]
        return {"month": SQL("CASE %s %s END", key, SQL(" ").join(names)) if names else SQL("''")}

    @api.model
    def _period_of(self, kind, first, company):
        """Return a period in words, with its company where there are several."""
        date = self.env["ir.qweb.field.date"]
        period = date.value_to_html(first, {"format": PERIODS[kind or "month"][2]})
        is_alone = self.env["res.company"].sudo().search_count([], limit=2) == 1
        return period if is_alone or not company else f"{period}, {company.sudo().name}"

    @api.depends("line_ids.state")
    def _compute_open_count(self):
        lines = self.env["customer.sheet.review.line"].sudo()
        counts = dict(
            lines._read_group(
                [("review_id", "in", self.ids), ("state", "=", "open")], ["review_id"], ["__count"]
            )
        )
        for review in self:
            review.open_count = counts.get(review._origin.sudo(), 0)

    # -- every month, every quarter ------------------------------------------------

    @api.model
    def _cron_review(self):
        """Open the reviews of the periods that are over, once each; look again at the open ones,
        and remind of them.
        """
        reviews = self.sudo()
        for company in self._companies():
            reviews._open_over(company)
        waiting = reviews.search([("state", "=", "open")])
        waiting.line_ids._look_again()
        for review in waiting | reviews.search([("state", "=", "signed")]):
            review._remind()

    @api.model
    def _companies(self):
        """Return the companies that are reviewed: the main one, those with own customers."""
        main = clock.main_company(self.env)
        hosts = [self.env[host].sudo() for host in HOSTS]

        def is_reviewed(company):
            own = [("company_id", "=", company.id)]
            return company == main or any(host.search_count(own, limit=1) for host in hosts)

        return self.env["res.company"].sudo().search(Domain.TRUE).filtered(is_reviewed)

    def _open_over(self, company):
        """Open what is over where the company works, but not what was before the module came."""
        first = clock.company_today(company).replace(day=1)
        began = self.env.ref(ROUNDS["nightly"]).sudo().create_date.date()
        for kind, (months, _days, _format) in PERIODS.items():
            start = first - relativedelta(months=months)
            is_over = (start.month - 1) % months == 0 and began <= first
            known = [("kind", "=", kind), ("month", "=", start)]
            known += [("company_id", "in", [company.id, False])]
            if is_over and not self.search_count(known):
                self._open_period(kind, start, company)

    @api.model
    def _open_period(self, kind, start, company=None):
        """Return the review of a period, counted and frozen now, with an activity for somebody.

        :param start: date of its first day
        :param company: the user's by default
        """
        months, days, _format = PERIODS[kind]
        company = company or self.env.company
        due = clock.company_today(company) + timedelta(days=days)
        values = {
            "kind": kind,
            "month": start,
            "company_id": company.id,
            "user_id": self._reviewer(company).id,
            "due_on": due,
        }
        review = self.sudo().create({**values, **self._figures(start, months, company)})
        review._freeze()
        if review.user_id:
            told = review._for(review.user_id)
            told.activity_schedule(
                ACTIVITY,
                due,
                summary=told.env._("Look through the worklists, then sign the review"),
                user_id=review.user_id.id,
            )
        return review

    def _for(self, user):
        """Return the review in the language of a user who is told of it."""
        return self.with_context(lang=user.lang or self.env.lang)

    @api.model
    def _reviewer(self, company):
        """Return the user of the setting, else the first data steward, else a manager.

        It is somebody who works in the company.
        """
        chosen = REVIEWER.value(self.env)
        if chosen.active and company in chosen.sudo().company_ids:
            return chosen
        return self._first_of(company, "group_sheet_steward", "group_sheet_manager")

    @api.model
    def _first_of(self, company, *groups, but=None):
        """Return who has been longest in the first of these groups that has anybody there."""
        for group in groups:
            users = self.env.ref(f"crm_customer_sheet.{group}").sudo().user_ids
            users = users.filtered(
                lambda user: user.active and not user.share and company <= user.company_ids
            )
            if found := users - (but or users[:0]):
                return found.sorted("id")[0]
        return self.env["res.users"]

    def _remind(self):
        """Tell the reviewer at half time, on the day, and three days later."""
        self.ensure_one()
        if not self.due_on or not self.user_id:
            return
        days = PERIODS[self.kind][1]
        half = timedelta(days=days // 2)
        today = clock.company_today(self._company())
        since = self.reminded_on or self.due_on - timedelta(days=days)
        moments = (self.due_on - half, self.due_on, self.due_on + timedelta(days=3))
        if any(since < moment <= today for moment in moments):
            user = self._waits_for()
            told = self._for(user)
            told.message_notify(
                partner_ids=user.partner_id.ids,
                subject=told.name,
                body=told.env._(
                    "“%(review)s” is to be signed by %(date)s. Open worklists: %(count)s.",
                    review=told.name,
                    date=format_date(told.env, self.due_on),
                    count=self.open_count,
                ),
            )
            self.reminded_on = today

    def _waits_for(self):
        """Return the user whose turn it is."""
        return self.user_id

    def _company(self):
        """Return the company whose days count."""
        return self.company_id or clock.main_company(self.env)

    # -- figures ---------------------------------------------------------------

    @api.model
    def _figures(self, start, months=1, company=None):
        """Return the figures of a period as values of a review.

        :param company: counted is what is of this company, or of none; all by default
        """
        self.env.flush_all()
        sheets = SQL(" UNION ALL ").join(self._sheets_sql(host, company) for host in HOSTS)
        zone = clock.zone_of(company or clock.main_company(self.env))
        stop = start + relativedelta(months=months)
        days = {"start": clock.midnight(zone, start), "stop": clock.midnight(zone, stop)}
        counting = SQL(COUNT, sheets=sheets, open=OPEN, **days)
        [row] = self.env.execute_query_dict(counting)

        def rate(part, whole):
            return row[part] / row[whole] if row[whole] else 0.0

        return {
            **row,
            "duplicate_rate": rate("duplicate_count", "sheet_count"),
            "new_duplicate_rate": rate("new_duplicate_count", "new_count"),
            "incomplete_rate": rate("incomplete_count", "sheet_count"),
        }

    @api.model
    def _sheets_sql(self, host, company=None):
        """Return all records of a host that are a sheet, those merged away included.

        :param company: as in :meth:`_figures`
        """
        model = self.env[host].sudo().with_context(active_test=False)
        merged = Domain("sheet_merged_into_id", "!=", False)
        domain = model._sheet_domain() & model._sheet_used_domain()
        domain &= Domain("active", "=", True) | merged
        domain &= of_company(company)
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

    def _freeze(self):
        """Make the lines of a review: what is wrong now."""
        self.line_ids.create([{"review_id": self.id, **line} for line in self._lines()])

    def _lines(self):
        """Return the values of the lines that are frozen when a period opens."""
        lines = self.env["customer.sheet.review.line"]
        return lines._frozen(self.company_id) if self.kind == "month" else []

    @called(one=True)
    def action_look_again(self):
        """Look which of the records have been mended meanwhile."""
        self.check_access("write")
        self._check_open()
        self.sudo().line_ids._look_again()

    @called(one=True)
    def action_open_lines(self):
        """Open the worklists as a list of their own, where several can be decided at once."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_review_line_action"
        )
        context = {"search_default_group_worklist": 1, "review_kind": self.kind}
        lines = [("review_id", "=", self.id)]
        return {**action, "name": self.name, "domain": lines, "context": context}

    def _check_open(self):
        if self.filtered(lambda review: review.state != "open"):
            raise UserError(self.env._("This review is signed: nothing of it changes any more."))
