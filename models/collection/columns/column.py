from collections import Counter

from odoo import fields, models
from odoo.tools import SQL

from ....tools.text.clean_text import clean
from ..intake import typed
from .cell import cell_text, says_nothing
from .lists import ListValues

#: Texts of a column that a person decides about; what is rarer is matched, or set aside.
MOST_VALUES = 200

LONGEST = 250

#: Where people write the month before the day.
MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW"})

#: Examples that are shown.
EXAMPLES = 3


class CustomerSheetImportColumn(models.Model):
    """A column of a file: what was found in it, and what it becomes."""

    _name = "customer.sheet.import.column"
    _description = "Column of an Import"
    _order = "import_id, position"
    _rec_name = "header"

    import_id = fields.Many2one(
        "customer.sheet.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    position = fields.Integer(required=True, readonly=True, aggregator=None, help="From 0.")
    header = fields.Char(readonly=True)
    audit = fields.Json(readonly=True, help="What was found in its cells.")
    target = fields.Char(
        "Becomes",
        readonly=True,
        help="What it becomes: see `_targets` of the import; empty: nothing.",
    )
    why = fields.Char(readonly=True, help="Why that is suggested; empty once a person chose it.")
    month_first = fields.Boolean(
        readonly=True, help="Whether “3/4/2027” is 4 March in this column, as most of it says."
    )
    value_ids = fields.One2many("customer.sheet.import.value", "column_id", readonly=True)

    def _become(self, of, why="", known=None):
        """Let this column become a target, or nothing.

        :param of: a :class:`target.Target` or None
        :param why: why that is suggested, in words
        :param known: ``{text in lower case: (decision, code)}`` of an earlier file
        """
        self.ensure_one()
        self.write({"target": of.code if of else False, "why": why, "month_first": False})
        self.value_ids.unlink()
        if of and of.is_listed:
            self._count_values(ListValues(self.env, of, self.header or ""), known or {})
        elif of and of.kind in ("date", "day"):
            self.month_first = self._is_month_first()

    def _with_person(self, env):
        """Return this column for the rights and language of a person, written as superuser."""
        return self.with_env(env(su=True))

    def _examples(self):
        """Return some texts of this column, as the audit shows them."""
        return ((self.audit or {}).get("examples") or [])[:EXAMPLES]

    def _cells(self):
        """Return ``[(cell, rows)]`` of the different cells of this column, the most usual first."""
        self.env["customer.sheet.import.row"].flush_model(["cells"])
        return self.env.execute_query(
            SQL(
                """
                SELECT cells -> %(place)s AS cell, count(*)
                  FROM customer_sheet_import_row
                 WHERE import_id = %(import)s
                   AND cells -> %(place)s IS NOT NULL
                   AND cells -> %(place)s <> 'null'
                 GROUP BY cell
                 ORDER BY count(*) DESC, min(line)
                """,
                **{"place": self.position, "import": self.import_id.id},
            )
        )

    def _count_values(self, values, known):
        """Note the texts that stand in this column, and which value of the list each is."""
        texts = Counter()
        for cell, count in self._cells():
            for text in values.parts(clean(cell_text(cell))):
                if not says_nothing(text):
                    texts[text[:LONGEST]] += count
        counted = {}
        for text, count in texts.items():
            first, before = counted.get(text.casefold(), (text, 0))
            counted[text.casefold()] = (first, before + count)
        matched, open_ = [], []
        for key, (text, count) in counted.items():
            decision, code = known.get(key) or ("", "")
            code = code or values.match(text)
            if code and text.isdecimal() and not decision:
                continue  # a number lies in its band: there is nothing to decide
            row = {"column_id": self.id, "text": text, "count": count, "value": code or False}
            row["decision"] = decision or ("match" if code else "aside")
            (matched if code else open_).append(row)
        by_count = [sorted(rows, key=lambda row: -row["count"]) for rows in (open_, matched)]
        shown = [row for rows in by_count for row in rows][:MOST_VALUES]
        self.env["customer.sheet.import.value"].create(shown)

    def _is_month_first(self):
        """Tell which order the dates of this column have, by those that can be read in one only."""
        seen = Counter()
        for cell, count in self._cells():
            text = cell_text(cell)
            orders = [typed.day(text, month_first=first) for first in (False, True)]
            parts = text.replace("-", "/").replace(".", "/").split("/")
            if orders[0] and len(parts) == 3 and len(parts[0]) <= 2:
                if parts[0].strip().isdecimal() and int(parts[0]) > 12:
                    seen[False] += count
                elif parts[1].strip().isdecimal() and int(parts[1]) > 12:
                    seen[True] += count
        usual = self.import_id.company_id.country_id.code in MONTH_FIRST
        return usual if seen[True] == seen[False] else seen[True] > seen[False]

    def _known_values(self):
        """Return ``{text in lower case: (decision, code)}`` of what was decided in this column."""
        return {
            each.text.casefold(): (each.decision, each.value or "")
            for each in self.value_ids
            if each.decision != "aside"
        }
