from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet import clock
from ...sheet.called import called
from ...sheet.resumable import go_on
from ..settings import DEADLINE_DAYS, DIGEST

KINDS = [
    ("owner", "No salesperson"),
    ("overdue", "Overdue"),
    ("unplanned", "No next action"),
    ("unknown", "Time to ask again"),
    ("deadline", "Deadline near"),
]

#: So many kinds share the ids of their leads and answers.
SPREAD = 8


#: Who an answer is of: the record, its name, its team.
SHEETS = {
    "lead_id": {
        "joined": SQL("crm_lead l ON l.id = w.lead_id AND l.won_status = 'pending'"),
        "sheet": SQL("l.name"),
        "team": SQL("l.team_id"),
    },
    "partner_id": {
        "joined": SQL("res_partner l ON l.id = w.partner_id"),
        "sheet": SQL("l.complete_name"),
        "team": SQL("NULL::int"),
    },
}

#: Hours of the company in which its digests leave.
MORNING = range(6, 12)

#: So many of each kind are named in a digest; the rest is counted.
NAMED = 5


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
        """One SELECT a kind: what a filter leaves out, PostgreSQL does not look at."""
        today = fields.Date.context_today(self)
        near = fields.Date.add(today, days=self._deadline_days())
        since = SQL("(l.create_date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", str(self.env.tz))
        deadline = SQL("l.sheet_deadline")
        activities = self.env["mail.activity"]
        is_planned = activities._sheet_has_open_sql("l")
        late = SQL(
            "JOIN (SELECT na.res_id, min(na.date_deadline) AS late_on FROM mail_activity na"
            " WHERE %s GROUP BY na.res_id) a ON a.res_id = l.id",
            activities._sheet_open_sql("<"),
        )
        parts = [
            self._leads_sql(0, "owner", since, SQL("l.user_id IS NULL")),
            self._leads_sql(
                1, "unplanned", since, SQL("l.user_id IS NOT NULL AND NOT %s", is_planned)
            ),
            self._leads_sql(2, "overdue", SQL("a.late_on"), SQL("TRUE"), late),
            self._leads_sql(3, "deadline", deadline, SQL("%s <= %s", deadline, near)),
            self._answers_sql("lead_id", today),
            self._answers_sql("partner_id", today),
        ]
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _leads_sql(self, number, kind, date, where, joined=None):
        """Return the rows of one kind: open leads for which ``where`` holds."""
        return SQL(
            """
            SELECT l.id * %(spread)s + %(number)s AS id, l.name, %(kind)s AS kind,
                   %(date)s AS date, NULL::int AS question_id, l.id AS lead_id,
                   NULL::int AS partner_id, l.user_id, l.team_id, l.company_id
              FROM crm_lead l %(joined)s
             WHERE l.active
               AND l.won_status = 'pending'
               AND %(used)s
               AND %(where)s
            """,
            used=self.env["crm.lead"]._sheet_used_sql("l"),
            spread=SPREAD,
            number=number,
            kind=kind,
            date=date,
            joined=joined or SQL(),
            where=where,
        )

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Fetch what the rules ask about at once: the whole list would be worked out again."""
        names = None if field_names is None else {*field_names, "company_id", "user_id"}
        return super().search_fetch(domain, names, offset, limit, order)

    @api.model
    def _answers_sql(self, owner, today):
        """Return what was not known, of leads or of contacts, until a day that has come."""
        return SQL(
            """
            SELECT w.id * %(spread)s + 4, %(sheet)s, 'unknown', w.reask_date, w.question_id,
                   w.lead_id, w.partner_id, l.user_id, %(team)s, l.company_id
              FROM customer_sheet_answer w
              JOIN %(joined)s
             WHERE w.state = 'unknown'
               AND w.reask_date <= %(today)s
               AND l.active
               AND %(used)s
               AND NOT EXISTS (SELECT
                                 FROM customer_sheet_answer v
                                WHERE v.id > w.id
                                  AND v.question_id = w.question_id
                                  AND v.%(owner)s = w.%(owner)s)
            """,
            spread=SPREAD,
            today=today,
            owner=SQL.identifier(owner),
            used=self.env[self._fields[owner].comodel_name]._sheet_used_sql("l"),
            **SHEETS[owner],
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

    # -- one e-mail a day for whoever has something to look after; nothing for the others --
    #
    # A salesperson reads what is theirs. The leader of a team, or where there is none every sales
    # administrator, reads who of the team has how much, and what nobody has.

    @api.model
    def _cron_digest(self, limit=20):
        """Send the digests of today that have not been sent, where it is morning."""
        if not DIGEST.value(self.env):
            return
        zones = clock.zones(self.env).items()
        awake = [(zone, there) for zone, there in zones if clock.hour(zone) in MORNING]
        lists = [self.with_context(tz=str(zone))._digests(there) for zone, there in awake]
        digests = [digest for some in lists for digest in some]

        def step():
            batch = digests[:limit]
            for user, own, team in batch:
                self._send_digest(user, own, team)
                user.sheet_digest_on = clock.company_today(user.company_id)
            del digests[:limit]
            return len(batch), len(digests)

        return go_on(self.env, step)

    @api.model
    def _digests(self, companies):
        """Return ``[(user, own lists, team lists)]`` of who is told today, in one time zone."""
        own, teams = self._own_lists(), self._team_lists()
        readers = self._readers(own.keys() | teams.keys(), companies)
        return [(user, own.get(user.id, []), teams.get(user.id, [])) for user in readers]

    @api.model
    def _readers(self, user_ids, companies):
        """Return who of these companies gets a digest today: not twice, not on a day off."""
        users = self.env["res.users"].browse(sorted(user_ids)).exists()
        users = users.filtered(lambda user: user.company_id in companies)
        today = fields.Date.context_today(self)
        works = {
            company: self.env["crm.lead"]._sheet_working_day(company, 0) == today
            for company in users.company_id
        }
        return users.filtered(
            lambda user: (
                user.active
                and not user.share
                and user.email
                and not user.sheet_digest_off
                and user.sheet_digest_on != today
                and works[user.company_id]
            )
        )

    # -- what is in it ---------------------------------------------------------

    @api.model
    def _own_lists(self):
        """Return ``{user id: [(kind, total, rows)]}``, the first rows of each kind."""
        return self._first_rows(SQL("SELECT f.user_id AS reader_id, f.* FROM (%s) f", self._rows()))

    @api.model
    def _team_lists(self):
        """Return the same for managers, of all that is in their care and not theirs."""
        return self._first_rows(
            SQL(
                """
                SELECT r.reader_id, f.*
                  FROM (%s) f
                  JOIN (%s) r ON r.team_id IS NOT DISTINCT FROM f.team_id
                 WHERE f.user_id IS DISTINCT FROM r.reader_id
                   AND (r.sees_all OR f.user_id IS NULL)
                """,
                self._rows(),
                self._managers_sql(),
            )
        )

    @api.model
    def _rows(self):
        self.env.flush_all()
        return self._table_query

    @api.model
    def _managers_sql(self):
        """Return the SQL of who looks after which team; no team is one too.

        Leaders who may not see the leads of others read only what nobody has.
        """
        see_all = self.env.ref("sales_team.group_sale_salesman_all_leads").sudo().all_user_ids
        managers = self.env.ref("sales_team.group_sale_manager").sudo().all_user_ids
        managers = managers.filtered(lambda user: user.active and not user._is_superuser())
        return SQL(
            """
            SELECT t.id AS team_id, t.user_id AS reader_id, t.user_id = ANY(%s) AS sees_all
              FROM crm_team t
             WHERE t.user_id IS NOT NULL
             UNION ALL
            SELECT t.id, m.id, TRUE
              FROM (SELECT id FROM crm_team WHERE user_id IS NULL
                    UNION ALL SELECT NULL) t,
                   unnest(%s::int[]) AS m(id)
            """,
            see_all.ids,
            managers.ids,
        )

    @api.model
    def _first_rows(self, rows):
        found = self.env.execute_query_dict(
            SQL(
                """
                WITH ranked AS (
                    SELECT x.*, row_number() OVER w AS place,
                           count(*) OVER (PARTITION BY reader_id, kind) AS total
                      FROM (%s) x
                     WHERE reader_id IS NOT NULL
                       AND (company_id IS NULL
                            OR EXISTS (SELECT
                                         FROM res_company_users_rel c
                                        WHERE c.user_id = x.reader_id
                                          AND c.cid = x.company_id))
                    WINDOW w AS (PARTITION BY reader_id, kind ORDER BY date, id))
                SELECT *
                  FROM ranked
                 WHERE place <= %s
                 ORDER BY reader_id, place
                """,
                rows,
                NAMED,
            )
        )
        readers = defaultdict(lambda: defaultdict(list))
        for row in found:
            readers[row["reader_id"]][row["kind"]].append(row)
        return {
            reader: [
                (kind, kinds[kind][0]["total"], kinds[kind])
                for kind, _name in KINDS
                if kind in kinds
            ]
            for reader, kinds in readers.items()
        }

    # -- the e-mail --------------------------------------------------------------

    @api.model
    def _send_digest(self, user, own, team):
        """Queue the digest of one person, in their language."""
        template = self.env.ref("crm_customer_sheet.mail_template_forgotten")
        words = self.with_context(lang=user.lang)
        template.with_company(user.company_id).with_context(
            sheet_own=words._sections(own),
            sheet_team=words._sections(team),
            sheet_url=f"{self.get_base_url()}/odoo/action-crm_customer_sheet."
            "customer_sheet_forgotten_action",
        ).send_mail(user.id, email_values={"auto_delete": True})

    @api.model
    def _sections(self, lists):
        """Return what the template shows: ``[{"name", "total", "rows", "more"}]``."""
        names = dict(self._fields["kind"]._description_selection(self.env))
        owners = {row["user_id"] for *_kind, rows in lists for row in rows} - {None}
        questions = {row["question_id"] for *_kind, rows in lists for row in rows} - {None}
        owner = {u.id: u.name for u in self.env["res.users"].sudo().browse(owners)}
        question = {
            q.id: q.name for q in self.env["customer.sheet.question"].sudo().browse(questions)
        }
        return [
            {
                "name": names[kind],
                "total": total,
                "more": total - len(rows),
                "rows": [
                    {
                        "name": row["name"],
                        "date": row["date"],
                        "owner": owner.get(row["user_id"], ""),
                        "detail": question.get(row["question_id"], ""),
                        "url": self._row_url(row),
                    }
                    for row in rows
                ],
            }
            for kind, total, rows in lists
        ]

    @api.model
    def _row_url(self, row):
        model, id_ = (
            ("crm.lead", row["lead_id"])
            if row["lead_id"]
            else (
                "res.partner",
                row["partner_id"],
            )
        )
        return f"{self.get_base_url()}/odoo/{model}/{id_}"
