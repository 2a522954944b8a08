from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import SHEET_FIELD


class CustomerSheetMixin(models.AbstractModel):
    """Answers grow old: past the half-life of its question an answer is worth asking again.

    It still counts as answered; it is flagged and listed.
    """

    _inherit = "customer.sheet.mixin"

    sheet_stale = fields.Json(
        "Answers to ask again",
        copy=False,
        readonly=True,
        search="_search_sheet_stale",
        **SHEET_FIELD,
    )

    @api.model
    def _search_sheet_stale(self, operator, value):
        """Search by the codes of old answers."""
        return self._sheet_search_codes("sheet_stale", operator, value)

    @called(one=True, code=takes.text)
    def sheet_still_right(self, code):
        """Note that an old answer has been asked again and is still right."""
        question = self._sheet_asked(code)
        former = self._sheet_answers(code).filtered(lambda row: row.state == "confirmed")[:1]
        today = fields.Date.context_today(self)
        evidence = former.evidence
        self._sheet_answer_set(question, "confirmed", evidence=evidence, confirmed_on=today)
        stale = [each for each in self.sudo().sheet_stale or () if each != code]
        self._sheet_stamp({"sheet_stale": stale or False})

    @api.model
    def _sheet_age(self, batch):
        """List the old answers of the records of ``batch`` (SQL condition on the id)."""
        aging = self._sheet_aging()
        table = SQL.identifier(self._table)
        old = [self._sheet_is_old_sql(question) for question in aging]
        codes = SQL(
            "array_remove(ARRAY[%s]::text[], NULL)",
            SQL(", ").join(
                SQL("CASE WHEN %s THEN %s END", condition, question.code)
                for question, condition in zip(aging, old, strict=True)
            ),
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s
                   SET sheet_stale = n.stale
                  FROM (SELECT id, CASE WHEN %(carries)s
                                        THEN NULLIF(to_jsonb(%(codes)s), '[]'::jsonb)
                                        END AS stale
                          FROM %(table)s
                         WHERE id %(batch)s OFFSET 0) n
                 WHERE n.id = %(table)s.id
                   AND %(table)s.sheet_stale IS DISTINCT FROM n.stale
                """,
                table=table,
                carries=self._sheet_carries_sql(),
                codes=codes,
                batch=batch,
            )
        )

    @api.model
    def _sheet_is_old_sql(self, question):
        """Return the SQL condition of an answer that is past the half-life of its question."""
        before = fields.Date.subtract(fields.Date.today(), months=question.half_life)
        return SQL(
            "%s < %s AND %s AND %s AND NOT %s",
            self._sheet_answered_on_sql(question.code),
            before.isoformat(),
            question.sql_concerns(self, self._table),
            question.sql_answered(self, self._table),
            self._sheet_said_since_sql(question.code, before),
        )

    @api.model
    def _sheet_answered_on_sql(self, code):
        """Return the SQL text of the day on which an answer was typed, as far as that is known.

        Days are compared as texts: what is no day, which only SQL can have put there, is not
        cast to one, which would stop the check of all contacts.
        """
        return SQL(
            """
            CASE WHEN %(typed)s LIKE '____-__-__' THEN %(typed)s
                 ELSE to_char(%(created)s, 'YYYY-MM-DD') END COLLATE "C"
            """,
            typed=SQL("(%s->>%s)", SQL.identifier(self._table, "sheet_answer_dates"), code),
            created=SQL.identifier(self._table, "create_date"),
        )

    @api.model
    def _sheet_said_since_sql(self, code, before):
        return SQL(
            "EXISTS (SELECT 1 FROM customer_sheet_answer a JOIN customer_sheet_question aq"
            " ON aq.id = a.question_id WHERE a.%s = %s AND aq.code = %s AND a.date >= %s)",
            SQL.identifier(self._sheet_answer_column()),
            SQL.identifier(self._table, "id"),
            code,
            before,
        )

    # -- what the ring shows ------------------------------------------------

    def _sheet_readable_fields(self):
        reasons = [f"sheet_{kind}_reason" for kind in self._sheet_checked_fields()]
        return [*super()._sheet_readable_fields(), "sheet_stale", *reasons]

    def _sheet_gaps(self):
        """Add what is answered but should be looked at again."""
        gaps = super()._sheet_gaps()
        open_ = {item["code"] for item in gaps["items"]}
        flags = [flag for flag in self.sudo()._sheet_flags() if flag["code"] not in open_]
        return {**gaps, "flags": flags}

    def _sheet_flags(self):
        """Return the doubtful and the old answers, as items of the ring's list."""
        audience = self._sheet_audience()
        stale = set(self.sheet_stale or ())
        flags = []
        for question in self._sheet_plan().questions:
            doubt = self._sheet_doubt(question)
            if question.concerns(audience) and (doubt or question.code in stale):
                item = self._sheet_gap(question, "doubtful" if doubt else "stale", True)
                flags.append({**item, "reason": doubt})
        return flags

    def _sheet_doubt(self, question):
        """Return why an answer is doubtful, in words, or ``""``."""
        for holder in question.own_holders:
            if holder.status and self[holder.status] == "doubtful":
                return self._sheet_reason_text(self[holder.status.replace("_status", "_reason")])
        return ""
