import contextlib
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.proportion import newcombe
from ...sheet import clock
from ...sheet.called import called
from ...sheet.fields import HOSTS, NullableInteger
from .verdict import LEAST, USED_FROM, VERDICTS, verdict

#: Leads that were qualified so long ago count.
LOOKED_BACK = relativedelta(months=12)
#: How long a week's figures are kept.
KEPT = relativedelta(months=13)

#: The counts that a verdict is about.
ENDS = ("known_won", "known_count", "missing_won", "missing_count")

COUNTS = (
    *("known_count", "known_won", "missing_count", "missing_won"),
    *("asked_count", "answered_count", "unknown_count", "age_days"),
)


class CustomerSheetQuestionFigure(models.Model):
    """What one question was worth in one week (G5): who knows it, and how leads ended with it.

    Counts only; what is shown as a share is worked out from them.  What goes together need not be
    cause and effect, and of forty questions without any, one looks as if it had some.
    """

    _name = "customer.sheet.question.figure"
    _description = "Worth of a Question"
    _order = "day desc, verdict, question_id, id"
    _rec_name = "question_id"

    question_id = fields.Many2one(
        "customer.sheet.question", required=True, readonly=True, ondelete="cascade", index=True
    )
    day = fields.Date(required=True, readonly=True)
    is_latest = fields.Boolean("Of the last week", readonly=True)
    verdict = fields.Selection(VERDICTS, readonly=True)

    # leads qualified in 12 months and closed since, by what was known when they were qualified
    known_count = fields.Integer("Leads with the answer", readonly=True, aggregator=None)
    known_won = fields.Integer("Won with the answer", readonly=True, aggregator=None)
    missing_count = fields.Integer("Leads without the answer", readonly=True, aggregator=None)
    missing_won = fields.Integer("Won without the answer", readonly=True, aggregator=None)
    # sheets of today
    asked_count = fields.Integer("Sheets concerned", readonly=True, aggregator=None)
    answered_count = fields.Integer("Answered", readonly=True, aggregator=None)
    unknown_count = fields.Integer("Not known yet", readonly=True, aggregator=None)
    age_days = NullableInteger(
        "Median age (days)",
        readonly=True,
        aggregator=None,
        help="Of the answers whose day is noted: those that grow old.",
    )

    # in words
    fill = fields.Float("Filled", compute="_compute_words", help="Answered of concerned.")
    won_with = fields.Char("Won when known", compute="_compute_words")
    won_without = fields.Char("Won when not known", compute="_compute_words")
    difference = fields.Char(
        compute="_compute_words",
        help="In points of the share of won leads, and between which values it lies with 95 %"
        " confidence (Newcombe). It says what goes together, not what causes what.",
    )
    readers = fields.Text("Read by", compute="_compute_readers")

    _once = models.UniqueIndex("(question_id, day)")

    @api.depends(*COUNTS)
    @api.depends_context("lang")
    def _compute_words(self):
        for figure in self:
            figure.fill = figure.answered_count / (figure.asked_count or 1)
            figure.won_with = figure._of(figure.known_won, figure.known_count)
            figure.won_without = figure._of(figure.missing_won, figure.missing_count)
            figure.difference = figure._difference()

    def _of(self, part, whole):
        return bool(whole) and self.env._("%(part)s of %(whole)s", part=part, whole=whole)

    def _difference(self):
        if not (self.known_count and self.missing_count):
            return False
        won, known, other_won, missing = (self[name] for name in ENDS)
        interval = newcombe(won, known, other_won, missing)._asdict()
        points = {name: f"{round(100 * share):+d}" for name, share in interval.items()}
        return self.env._("%(value)s (%(low)s to %(high)s)", **points)

    @api.depends("question_id")
    @api.depends_context("lang")
    def _compute_readers(self):
        readers = self.env["customer.sheet.question"]._readers()
        for figure in self:
            figure.readers = "\n".join(dict.fromkeys(readers.get(figure.question_id.sudo(), ())))

    # -- once a week ---------------------------------------------------------------

    @api.model
    def _cron_figure(self):
        """Work out this week's figures, once a day at most; the past stays as it was."""
        today = clock.common_today(self.env)
        if self.search_count([("day", "=", today)], limit=1):
            return
        questions = self.env["customer.sheet.question"].sudo().search(Domain.TRUE)
        readers = self.env["customer.sheet.question"]._readers()
        counted = self._counted()
        self.search([("is_latest", "=", True)]).is_latest = False
        self.create(
            [
                {"question_id": question.id, "day": today, "is_latest": True}
                | counted.get(question.code, {})
                | {"verdict": self._verdict(counted.get(question.code, {}), readers[question])}
                for question in questions
            ]
        )
        self.search([("day", "<", today - KEPT)]).unlink()

    @api.model
    def _verdict(self, counts, readers):
        answered, asked = counts.get("answered_count", 0), counts.get("asked_count", 0)
        is_used = bool(readers) or asked < LEAST or 100 * answered > USED_FROM * asked
        return verdict(*(counts.get(name, 0) for name in ENDS), is_used)

    @api.model
    def _counted(self):
        """Return ``{code: {name of a count: number}}``."""
        counted = {}
        self.env.flush_all()
        for select, names in (
            (self._ends_sql(), COUNTS[:4]),
            (self._unknown_sql(), COUNTS[6:7]),
        ):
            for code, *numbers in self.env.execute_query(select):
                counted.setdefault(code, {}).update(zip(names, numbers, strict=True))
        today = clock.common_today(self.env)
        for code, said in self.env.execute_query(self._days_sql()):
            with contextlib.suppress(ValueError):  # 31 February
                counted.setdefault(code, {})["age_days"] = (today - date.fromisoformat(said)).days
        for host in HOSTS:
            for code, numbers in self._filled(self.env[host].sudo()).items():
                own = counted.setdefault(code, {})
                for name, number in zip(COUNTS[4:6], numbers, strict=True):
                    own[name] = own.get(name, 0) + number
        return counted

    @api.model
    def _ends_sql(self):
        """Return the SELECT of how leads ended, by question and by what was known of it."""
        return SQL(
            """
            SELECT known.key,
                   count(*) FILTER (WHERE known.value = 'true'),
                   count(*) FILTER (WHERE known.value = 'true' AND l.won_status = 'won'),
                   count(*) FILTER (WHERE known.value = 'false'),
                   count(*) FILTER (WHERE known.value = 'false' AND l.won_status = 'won')
              FROM crm_lead l, jsonb_each(l.sheet_known_at_qualified) known
             WHERE l.sheet_qualified_at >= %s
               AND l.won_status IN ('won', 'lost')
               AND l.date_closed > l.sheet_qualified_at
               AND jsonb_typeof(l.sheet_known_at_qualified) = 'object'
               AND %s
             GROUP BY known.key
            """,
            fields.Datetime.now() - LOOKED_BACK,
            self.env["crm.lead"]._sheet_used_sql("l"),
        )

    @api.model
    def _unknown_sql(self):
        return SQL(
            """
            SELECT q.code, count(*)
              FROM customer_sheet_answer a JOIN customer_sheet_question q ON q.id = a.question_id
             WHERE a.state = 'unknown'
             GROUP BY q.code
            """
        )

    @api.model
    def _days_sql(self):
        """Return the SELECT of the day in the middle, of the answers whose day is noted."""
        days = SQL(" UNION ALL ").join(
            SQL(
                "SELECT said.key, said.value FROM %s h, jsonb_each_text(h.sheet_answer_dates) said"
                " WHERE h.active AND jsonb_typeof(h.sheet_answer_dates) = 'object'"
                " AND said.value ~ '^\\d{4}-\\d{2}-\\d{2}$' AND %s",
                SQL.identifier(self.env[host]._table),
                self.env[host]._sheet_used_sql("h"),
            )
            for host in HOSTS
        )
        return SQL(
            "SELECT key, percentile_disc(0.5) WITHIN GROUP (ORDER BY value)"
            " FROM (%s) days GROUP BY key",
            days,
        )

    @api.model
    def _filled(self, host):
        """Return ``{code: (sheets concerned, sheets that answer)}`` of a host."""
        questions = host._sheet_plan().questions
        if not questions:
            return {}
        table = host._table
        concerns = [question.sql_concerns(host, table) for question in questions]
        answered = [question.sql_answered(host, table) for question in questions]
        columns = [SQL("count(*) FILTER (WHERE %s)", each) for each in concerns]
        columns += [
            SQL("count(*) FILTER (WHERE %s AND %s)", *both)
            for both in zip(concerns, answered, strict=True)
        ]
        [row] = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s AND %s AND active",
                SQL(", ").join(columns),
                SQL.identifier(table),
                host._sheet_carries_sql(),
                host._sheet_used_sql(table),
            )
        )
        pairs = zip(row[: len(questions)], row[len(questions) :], strict=True)
        return dict(zip((question.code for question in questions), pairs, strict=True))

    # -- what follows ----------------------------------------------------------------

    @called(one=True)
    def action_propose_archive(self):
        """Archive the question in the draft of the catalogue; open what publishing would change."""
        question = self.question_id
        question.check_access("write")
        if not question.active:
            raise UserError(
                self.env._("“%(question)s” is archived already.", question=question.name)
            )
        labels = dict(self._fields["verdict"]._description_selection(self.env))
        question.active = False
        question.message_post(
            body=self.env._(
                "Proposed to be archived, by its worth: %(verdict)s.",
                verdict=labels.get(self.verdict, ""),
            )
        )
        return question.action_open_publish()
