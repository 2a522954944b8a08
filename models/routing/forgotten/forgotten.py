from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet.called import called
from ..settings import DEADLINE_DAYS

KINDS = [
    ("owner", "No salesperson"),
    ("overdue", "Overdue"),
    ("unplanned", "No next action"),
    ("unknown", "Time to ask again"),
    ("deadline", "Deadline near"),
]

#: So many kinds share the ids of their leads and answers.
SPREAD = 8


class CustomerSheetForgotten(models.Model):
    """What nobody must forget (C8): a list that is worked out whenever somebody looks.

    Open leads without a salesperson, without anything planned, with something overdue or with a
    deadline near; and what was "not known yet" until a day that has come, on contacts too.
    """

    _name = "customer.sheet.forgotten"
    _description = "Nobody Forgotten"
    _auto = False
    _order = "date, id"
    _depends = {
        "crm.lead": [
            "active",
            "company_id",
            "create_date",
            "name",
            "sheet_deadline",
            "team_id",
            "user_id",
            "won_status",
        ],
        "customer.sheet.answer": ["lead_id", "partner_id", "question_id", "reask_date", "state"],
        "mail.activity": ["active", "date_deadline", "res_id", "res_model", "user_tz"],
        "res.partner": ["active", "company_id", "complete_name", "user_id"],
    }

    name = fields.Char(readonly=True)
    kind = fields.Selection(KINDS, "What", readonly=True)
    date = fields.Date(
        readonly=True, help="Since when nobody cares, or when it was to happen or to be asked."
    )
    question_id = fields.Many2one("customer.sheet.question", "Ask again", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        near = fields.Date.add(today, days=self._deadline_days())
        overdue = SQL("n.date_deadline < (now() AT TIME ZONE COALESCE(n.user_tz, 'UTC'))::date")
        zone = str(self.env.tz)
        since = SQL("(l.create_date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", zone)
        late = SQL(
            """
            SELECT min(n.date_deadline) FILTER (WHERE %s) AS late_on, count(*) AS planned
              FROM mail_activity n
             WHERE n.res_model = 'crm.lead'
               AND n.res_id = l.id
               AND n.active
            """,
            overdue,
        )
        parts = [
            self._leads_sql(0, "owner", since, SQL("l.user_id IS NULL")),
            self._leads_sql(
                1,
                "unplanned",
                since,
                SQL("l.user_id IS NOT NULL AND a.planned = 0"),
                late,
            ),
            self._leads_sql(2, "overdue", SQL("a.late_on"), SQL("a.late_on IS NOT NULL"), late),
            self._leads_sql(
                3, "deadline", SQL("l.sheet_deadline"), SQL("l.sheet_deadline <= %s", near)
            ),
            self._answers_sql(today),
        ]
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _leads_sql(self, number, kind, date, where, activities=None):
        """Return the rows of one kind: open leads for which ``where`` holds."""
        return SQL(
            """
            SELECT l.id * %(spread)s + %(number)s AS id, l.name, %(kind)s AS kind,
                   %(date)s AS date, NULL::int AS question_id, l.id AS lead_id,
                   NULL::int AS partner_id, l.user_id, l.team_id, l.company_id
              FROM crm_lead l %(joined)s
             WHERE l.active
               AND l.won_status = 'pending'
               AND %(where)s
            """,
            spread=SPREAD,
            number=number,
            kind=kind,
            date=date,
            joined=SQL("JOIN LATERAL (%s) a ON TRUE", activities) if activities else SQL(),
            where=where,
        )

    @api.model
    def _answers_sql(self, today):
        """Return what was not known until a day that has come."""
        return SQL(
            """
            SELECT w.id * %(spread)s + 4, COALESCE(l.name, p.complete_name), 'unknown',
                   w.reask_date, w.question_id, w.lead_id, w.partner_id,
                   COALESCE(l.user_id, p.user_id), l.team_id, COALESCE(l.company_id, p.company_id)
              FROM customer_sheet_answer w
              LEFT JOIN crm_lead l ON l.id = w.lead_id
              LEFT JOIN res_partner p ON p.id = w.partner_id
             WHERE w.state = 'unknown'
               AND w.reask_date <= %(today)s
               AND ((l.active AND l.won_status = 'pending') OR p.active)
               AND NOT EXISTS (SELECT
                                 FROM customer_sheet_answer v
                                WHERE v.id > w.id
                                  AND v.question_id = w.question_id
                                  AND v.lead_id IS NOT DISTINCT FROM w.lead_id
                                  AND v.partner_id IS NOT DISTINCT FROM w.partner_id)
            """,
            spread=SPREAD,
            today=today,
        )

    @api.model
    def _deadline_days(self):
        """Return how many days before its deadline a lead is listed."""
        return DEADLINE_DAYS.value(self.env)

    @called(one=True)
    def action_open(self):
        """Open the lead or contact."""
        self.check_access("read")
        return (self.lead_id or self.partner_id).get_formview_action()
