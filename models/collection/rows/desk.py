from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from ..twins.certain import is_certain
from . import policy as policies
from .judging import Judging
from .row import VERDICTS, named

#: Rows looked at in one batch.
BATCH = 1000

#: Rows and sentences shown at a glance.
SAMPLE, SENTENCES = 10, 50

#: Code of the problem of a row that has been imported before: it is no failure.
MENDED = "mended"

#: What is forgotten of the rows when they are looked at anew.
CHECKED = (
    "values",
    "problems",
    "verdict",
    "outcome",
    "leader_id",
    "lead_id",
    "partner_id",
    "match",
)


class CustomerSheetImport(models.Model):
    """The review: what becomes of each row, found by the same function that the run asks."""

    _inherit = "customer.sheet.import"

    policy = fields.Json(readonly=True, help="What the person has decided for all rows.")
    actor_id = fields.Many2one(
        "res.users",
        "Run for",
        readonly=True,
        ondelete="restrict",
        help="Whoever has the rows checked and imported answers for it, with their own rights.",
    )
    imported_on = fields.Datetime("Imported on", readonly=True)

    # -- called by the web client ----------------------------------------------

    @called(one=True, policy=takes.values)
    def set_policy(self, policy):
        """Decide for all rows what is done with known customers, owners, teams and gates.

        :param policy: ``{code: value}`` of the choices of the review
        :return: the desk
        """
        self._check_open()
        offered = {part["code"]: part for part in policies.offered(self)}
        for code, value in policy.items():
            if value not in [choice for choice, _label in offered.get(code, {}).get("choices", ())]:
                raise UserError(self.env._("This cannot be chosen. Reload the page."))
        self.sudo().policy = {**(self.policy or {}), **policy}
        self._forget_check()
        return self.desk()

    @called(one=True)
    def check(self):
        """Look in the background what becomes of each row.

        :return: the desk
        """
        self._check_open()
        is_read = self.state in ("read", "checked")
        if not (is_read or self.state in ("stopped", "failed") and self.job == "check"):
            raise UserError(self.env._("Have the file read first."))
        self._forget_check()
        self._take_over()
        self._start("check", self._count_rows())
        return self.desk()

    @called(one=True, figure=takes.text, problem=takes.text)
    def open_rows(self, figure="", problem=""):
        """Open the rows behind a figure or a sentence of the review."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rows of %(file)s", file=self.name),
            "res_model": "customer.sheet.import.row",
            "views": [[False, "list"], [False, "kanban"]],
            "domain": list(self._rows_domain(figure, problem)),
            "context": {},
        }

    # -- what is known of the rows --------------------------------------------------------

    def _forget_check(self):
        """Forget what was found of the rows: something that it hangs on has changed."""
        forgotten = super()._forget_check()
        rows = self.env["customer.sheet.import.row"]
        rows.flush_model()
        changes = SQL(", ").join(SQL("%s = NULL", SQL.identifier(name)) for name in CHECKED)
        self.env.cr.execute(
            SQL(
                "UPDATE customer_sheet_import_row SET %s WHERE import_id = ANY(%s)"
                " AND verdict IS NOT NULL",
                changes,
                self.ids,
            )
        )
        rows.invalidate_model()
        self.sudo().filtered(lambda desk: desk.state == "checked").state = "read"
        return forgotten

    def _count_rows(self):
        return self.env["customer.sheet.import.row"].search_count([("import_id", "=", self.id)])

    def _take_over(self):
        """Let this be the import of whoever goes on with it.

        What is found and written is what they may see and do: it is not for who chose the file.
        """
        self.sudo().write({"actor_id": self.env.uid, "user_id": self.env.uid})

    def _as_actor(self):
        """Return the import with the rights of the person for whom it is run, and no more."""
        self.ensure_one()
        user = self.actor_id or self.user_id
        context = {
            "lang": user.lang,
            "tz": user.tz,
            "allowed_company_ids": self.company_id.ids,
            "tracking_disable": True,  # as Odoo's own import; owners follow all the same
        }
        return self.with_env(self.env(user=user.id, su=False, context=context))

    # -- the job -----------------------------------------------------------------------

    def _advance_check(self):
        """Look at the next rows; when there are no more, find those about the same customer."""
        self._catch_up()
        todo = [("import_id", "=", self.id), ("verdict", "=", False)]
        rows = self.env["customer.sheet.import.row"].search(todo, limit=BATCH)
        if not rows:
            self._join_rows()
            self._end("checked", done=self.total)
            return 0
        self._check_rows(rows)
        self.done += len(rows)
        self.env.flush_all()
        self.env.invalidate_all()
        return len(rows)

    def _catch_up(self):
        """Have all customers compared who were there when the job began."""
        if not self.done:
            self.env["customer.sheet.duplicate"]._catch_up()

    def _check_rows(self, rows):
        actor = self._as_actor()
        read = actor._read_rows(rows)
        bad = {row for row, (_values, problems) in read.items() if _stops(problems)}
        for row in bad:
            values, problems = read[row]
            verdict = "skip" if problems[0]["code"] == MENDED else "cannot"
            row.write({"values": values, "problems": problems, "verdict": verdict})
        good = [row for row in rows if row not in bad]
        judged = Judging(actor).judge([read[row][0] for row in good])
        for row, judgement in zip(good, judged, strict=True):
            problems = [*read[row][1], *judgement.problems]
            row.write(
                {
                    "values": judgement.values,
                    "problems": problems or False,
                    "verdict": judgement.verdict,
                    "match": judgement.match if judgement.verdict != "cannot" else False,
                    **named(judgement.twin),
                }
            )

    def _read_rows(self, rows):
        """Return ``{row: (values, problems)}``, what the cells say; extend it."""
        read = self._row_reader().all([row.cells or [] for row in rows])
        return dict(zip(rows, read, strict=True))

    def _join_rows(self):
        """Join each row with the first one that is beyond doubt about the same customer.

        A row joins only one that it is itself the twin of, so that no chain of likenesses makes
        two people one.  Who is known already is found in the database, not here.
        """
        self.env.flush_all()
        documents = SQL(
            """
            (SELECT jsonb_agg(match || jsonb_build_object('node', id))
               FROM customer_sheet_import_row
              WHERE import_id = %s AND match IS NOT NULL AND verdict = 'create')
            """,
            self.id,
        )
        pairs = self.env["customer.sheet.match.key"].sudo()._twins_among(documents)
        leaders, sure = {}, [p for p in pairs if is_certain(p, address_is_enough=True)]
        for pair in sorted(sure, key=lambda p: (p["first"], p["second"])):
            if pair["first"] not in leaders:
                leaders.setdefault(pair["second"], pair["first"])
        rows = self.env["customer.sheet.import.row"]
        for second, first in leaders.items():
            rows.browse(second).write({"leader_id": first, "verdict": "complete"})

    # -- what the screen shows -----------------------------------------------------

    def _desk(self):
        review = self._review() if self.column_ids else None
        return {**super()._desk(), "review": review}

    def _review(self):
        """Return the choices, and what a check has found."""
        is_checked = self.state == "checked" or bool(self.imported_on)
        return {
            "policy": policies.offered(self),
            "checked": is_checked,
            "figures": self._figures() if is_checked else [],
            "problems": self._sentences() if is_checked else [],
            "sample": self._sample() if is_checked else [],
        }

    def _rows_domain(self, figure, problem=""):
        domain = Domain("import_id", "=", self.id)
        if figure == "joined":
            domain &= Domain("leader_id", "!=", False)
        elif figure:
            domain &= Domain("verdict", "=", figure) & Domain("leader_id", "=", False)
        if problem:
            domain &= Domain("id", "in", self._ids_with(problem))
        return domain

    def _figures(self):
        """Return how many rows become what; all of them together are the rows of the file."""
        rows = self.env["customer.sheet.import.row"]
        groups = rows._read_group(
            [("import_id", "=", self.id), ("leader_id", "=", False)], ["verdict"], ["__count"]
        )
        counts = dict(groups)
        joined = rows.search_count([("import_id", "=", self.id), ("leader_id", "!=", False)])
        labels = dict(rows._fields["verdict"]._description_selection(self.env))
        figures = [(code, labels[code], counts.get(code, 0)) for code, _label in VERDICTS]
        figures.insert(1, ("joined", self.env._("Joined with another row"), joined))
        return [{"code": code, "label": label, "count": count} for code, label, count in figures]

    def _sentences(self):
        """Return each kind of problem once, the most frequent first, with one of its sentences.

        A problem of one column is another one than the same of the next.
        """
        found = self.env.execute_query(
            SQL(
                """
                SELECT concat_ws(':', p ->> 'code', p ->> 'position') AS code,
                       (array_agg(p ->> 'words' ORDER BY r.line))[1],
                       count(DISTINCT r.id), bool_or((p ->> 'soft')::boolean) IS TRUE
                  FROM customer_sheet_import_row r, jsonb_array_elements(r.problems) p
                 WHERE r.import_id = %s AND jsonb_typeof(r.problems) = 'array'
                 GROUP BY 1
                 ORDER BY 4, 3 DESC, 1
                 LIMIT %s
                """,
                self.id,
                SENTENCES,
            )
        )
        return [
            {"code": code, "sentence": words, "count": count, "soft": soft}
            for code, words, count, soft in found
        ]

    def _ids_with(self, problem):
        """Return the ids of the rows that have a problem of this kind, see :meth:`_sentences`."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT r.id
                  FROM customer_sheet_import_row r, jsonb_array_elements(r.problems) p
                 WHERE r.import_id = %s AND jsonb_typeof(r.problems) = 'array'
                   AND concat_ws(':', p ->> 'code', p ->> 'position') = %s
                """,
                self.id,
                problem,
            )
        )
        return [row_id for (row_id,) in found]

    def _sample(self):
        """Return the first rows with what becomes of them."""
        rows = self.env["customer.sheet.import.row"].search(
            [("import_id", "=", self.id)], limit=SAMPLE
        )
        labels = dict(rows._fields["verdict"]._description_selection(self.env))
        return [
            {
                "line": row.line,
                "cells": row.cells_text,
                "verdict": row.verdict,
                "label": labels.get(row.verdict, ""),
                "words": row.problem_text,
            }
            for row in rows
        ]


def _stops(problems):
    """Tell whether a row cannot be imported because of one of these problems."""
    return any(not problem.get("soft") for problem in problems)
