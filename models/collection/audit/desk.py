import json
import re
from collections import Counter

from odoo import fields, models
from odoo.tools import SQL

from ....tools.table import read as tables
from ....tools.table.fault import TableError
from ...sheet.called import called
from . import words
from .facts import NAMED, Column, roles_of

#: Rows that are stored at once; the file is read on after each commit.
_BATCH = 4_000
#: ... or as soon as their texts are so long.
_LARGEST = 20_000_000
#: A smaller file is read while the user waits, which takes less than a second.
_AT_ONCE = 2_000
_SMALL = 1_000_000
_TOTAL_RE = re.compile(r"(?:sous-|sub-?|grand )?total\b", re.I)

#: The digits of a cell; none where a spreadsheet has thrown some away, none of a float's decimals.
_DIGITS = SQL(
    r"""CASE WHEN cell !~* '^\d([.,]\d+)?e\+?\d+$'
             THEN regexp_replace(regexp_replace(cell, '[.,]0+$', ''), '\W', '', 'g') END"""
)
#: By what a customer is known twice: the finding, and the key of a cell.
_KEYS = {
    "email": ("same_email", SQL("lower(btrim(cell))")),
    "phone": ("same_phone", SQL("right(%s, 9)", _DIGITS)),
    "siret": ("same_number", _DIGITS),
    "ice": ("same_number", _DIGITS),
    "vat": ("same_number", SQL("upper(%s)", _DIGITS)),
}
_SHORTEST_KEY = 6


class CustomerSheetImport(models.Model):
    """The audit: what each column holds, and what is wrong with it, before anything is done."""

    _inherit = "customer.sheet.import"

    audit = fields.Json(readonly=True, help="What was found in the file as a whole.")

    # -- for the screen ------------------------------------------------------------

    @called(one=True)
    def look_through(self):
        """Read the file and look it through: at once if it is small, else in the background.

        :return: what :meth:`desk` returns
        """
        self._check_open()
        looked = self._look_now()
        self._start("read", looked.lines)
        if looked.lines <= _AT_ONCE and len(self._data()) < _SMALL:
            self.sudo()._advance()
        return self._desk()

    @called(one=True)
    def audit_report(self):
        """Return the action that prints the audit.

        :return: an action of the client
        """
        return self.env.ref("crm_customer_sheet.customer_sheet_import_audit_report").report_action(
            self
        )

    def _desk(self):
        part = {"audit": self._audit_part()} if self.audit and self.column_ids else {}
        return {**super()._desk(), **part}

    def _audit_part(self):
        """Return the audit in words, as :meth:`desk` shows it."""
        kinds = words.kinds(self.env)
        return {
            "rows": self.audit["rows"],
            "columns": [
                {
                    "id": column.id,
                    "position": column.position,
                    "header": column.header or "",
                    **column.audit,
                    "looks_label": kinds[column.audit["looks_like"]],
                    "findings": self._in_words(column.audit["findings"]),
                }
                for column in self.column_ids
            ],
            "findings": self._in_words(self.audit["findings"]),
        }

    def _audit_printed(self):
        """Return what the printed audit says: headings and findings with their rows, in words."""
        audit = self._audit_part()
        size = {"rows": audit["rows"], "columns": len(audit["columns"])}
        return {
            **audit,
            "title": self.env._("Audit of “%(file)s”", file=self.name),
            "size": self.env._("%(rows)s rows, %(columns)s columns", **size),
        }

    def _printed_rows(self, finding):
        """Return in which rows something was found, in words."""
        lines = ", ".join(map(str, finding["lines"]))
        return self.env._("Rows: %(lines)s", lines=lines) if lines else ""

    def _in_words(self, findings):
        """Return findings with their sentence, the most harmful first."""
        sentences = words.findings(self.env)
        order = list(sentences)
        return [
            {
                "code": each["code"],
                "count": each["count"],
                "sentence": sentences[each["code"]] % each,
                "lines": each["lines"],
            }
            for each in sorted(findings, key=lambda each: order.index(each["code"]))
        ]

    # -- the job ---------------------------------------------------------------------

    def _advance_read(self):
        """Read the whole file, from its start: what was read before it was stopped is read anew."""
        self._forget_read()
        reading = _Reading(self)
        try:
            for line, cells in tables.rows(self._data(), reading.looked):
                if reading.add(line, cells) > reading.most:
                    self._forget_read()
                    self._end("failed", failure=self._too_many())
                    return 0
                is_full = len(reading.batch) >= _BATCH or reading.size > _LARGEST
                if is_full and not self._keep(reading):
                    return 0
        except TableError as error:
            self._end("failed", failure=self._fault(error, self.name))
            return 0
        self._store(reading)
        self._make_columns(reading)
        found = {"rows": reading.count, "findings": self._row_findings(reading)}
        self._end("read", total=reading.count, done=reading.count, audit=found)
        self._columns_read()
        return reading.count

    def _keep(self, reading):
        """Store a batch and commit it; return whether to go on."""
        self._store(reading)
        self.write({"done": reading.count, "total": max(self.total, reading.count)})
        self.env["ir.cron"]._commit_progress(remaining=1)
        self.env.invalidate_all()
        return self.state == "running"

    def _store(self, reading):
        """Store the rows of a batch."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO customer_sheet_import_row (import_id, line, cells)
                SELECT %s, (row ->> 0)::int, row -> 1 FROM jsonb_array_elements(%s::jsonb) AS row
                """,
                self.id,
                json.dumps(reading.batch, ensure_ascii=False),
            )
        )
        reading.batch.clear()
        reading.size = 0
        self._forget_cached_rows()

    def _make_columns(self, reading):
        self.env["customer.sheet.import.column"].create(
            [
                {
                    "import_id": self.id,
                    "position": position,
                    "header": column.header,
                    "audit": column.result(),
                }
                for position, column in enumerate(reading.columns)
            ]
        )

    # -- the file as a whole ------------------------------------------------------------

    def _row_findings(self, reading):
        """Return the findings about rows, not cells."""
        titles = Counter(column.header for column in reading.columns if column.header)
        twice = sum(count for count in titles.values() if count > 1)
        found = [
            {"code": "titles_again", "count": len(reading.again), "lines": reading.again[:NAMED]},
            {"code": "gap", "count": len(reading.gaps), "lines": reading.gaps[:NAMED]},
            {"code": "total", "count": len(reading.totals), "lines": reading.totals[:NAMED]},
            {"code": "header_twice", "count": twice, "lines": []},
            *self._same_customers(),
        ]
        return [each for each in found if each["count"]]

    def _same_customers(self):
        """Yield who stands in several rows: by address, phone, number, name and place."""
        by_kind = {}
        for column in self.column_ids:
            by_kind.setdefault(column.audit["looks_like"], column)
        for kind, (code, key) in _KEYS.items():
            if kind in by_kind:
                yield self._same(code, key, by_kind[kind])
        name, place = self._name_and_place()
        if name and place:
            key = SQL("lower(btrim(cell)) || ' ' || lower(btrim(cells ->> %s))", place.position)
            yield self._same("same_name", key, name)

    def _name_and_place(self):
        """Return the columns that say who a customer is and where, if titles tell."""
        roles = {}
        for column in self.column_ids:
            for role in roles_of(column.header or ""):
                roles.setdefault(role, column)
        name = roles.get("company") or roles.get("last")
        return name, roles.get("zip") or roles.get("city")

    def _same(self, code, key, column):
        query = SQL(
            """
            WITH cell AS (
                SELECT line, cells, cells ->> %(position)s AS cell
                  FROM customer_sheet_import_row
                 WHERE import_id = %(import)s AND cells ->> %(position)s IS NOT NULL
            ), same AS (
                SELECT min(line) AS first, count(*) AS rows, array_agg(line ORDER BY line) AS lines
                  FROM (SELECT line, %(key)s AS key FROM cell) AS keyed
                 WHERE length(key) >= %(shortest)s GROUP BY key HAVING count(*) > 1
            )
            SELECT count(*) AS customers, COALESCE(sum(rows), 0)::int AS count,
                   ARRAY(SELECT unnest(lines) FROM (SELECT lines FROM same ORDER BY first
                                                    LIMIT %(named)s) AS first_ones
                   LIMIT %(named)s) AS lines
              FROM same
            """,
            **{"position": column.position, "import": self.id, "key": key},
            **{"named": NAMED, "shortest": _SHORTEST_KEY},
        )
        (found,) = self.env.execute_query_dict(query)
        return {"code": code, "header": column.header or "", **found}


class _Reading:
    """What is known of a file while it is read."""

    def __init__(self, desk):
        env = desk.env
        matcher = env["customer.sheet.sensitive.term"]._matcher()
        free = env["customer.sheet.email.domain"].search([("kind", "=", "free")]).mapped("name")
        self.looked = desk._look_now()
        self.most = desk._most_rows()
        self.batch, self.count, self.size = [], 0, 0
        self.again, self.totals, self.gaps = [], [], []
        self.line = 0
        self._checks = (matcher.find, frozenset(free).__contains__)
        self.columns = [Column(header, *self._checks) for header in self.looked.headers]

    def add(self, line, cells):
        """Count a row; return how many there are now."""
        if self.line and line > self.line + 2:
            self.gaps.append(line)
        self.line = line
        if cells[0] == self.looked.headers[0] and self._are_titles(cells):
            self.again.append(line)
            return self.count
        if isinstance(cells[0], str) and _TOTAL_RE.match(cells[0]):
            self.totals.append(line)
        while len(cells) > len(self.columns):
            self.columns.append(Column("", *self._checks))
        for column, cell in zip(self.columns, cells, strict=False):
            if cell is not None:
                column.add(line, cell)
        self.batch.append((line, cells))
        self.size += sum(len(cell) for cell in cells if isinstance(cell, str))
        self.count += 1
        return self.count

    def _are_titles(self, cells):
        headers = self.looked.headers
        return len(cells) > 1 and cells == [header or None for header in headers][: len(cells)]
