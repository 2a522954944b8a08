"""Texts and files of something else in which a person stands: what is proposed for each."""

from odoo.tools import SQL

from ..map.recognisers import GUESSES
from . import spelt
from .reach import OWN_NOTES, PEOPLE

import re

#: Columns that say to whom, or from whom, a row is: with an address of theirs it is their row.
_ADDRESS = re.compile(
    "|".join(pattern for pattern, category, _d in GUESSES if category in ("identity",))
    + r"|^(number|email_from|email_to|login)$"
)
#: An address that is only one of several.
_AMONG_OTHERS = re.compile(r"(_cc|^incoming_|^outgoing_|^reply_to)")


class Elsewhere:
    """What a search has found in rows that nothing leads to, or leads to but leaves.

    :param erasure: whose person it is about
    """

    def __init__(self, erasure, plan, reach, kept):
        self.erasure, self.env = erasure, erasure.env
        self.plan, self.reach, self.kept = plan, reach, kept
        self.hits = self.env["customer.sheet.search.hit"].sudo()
        self.models = self.hits._models()
        self.alike = erasure._alike()
        self.all = spelt.regex(erasure.spellings or [])
        self.strong = spelt.regex(erasure.spellings or [], strong=True)

    def texts(self, search):
        """Return the values of what is to be cut, deleted, or decided by somebody."""
        found, files = [], set()
        hits = self.hits.search(
            [("search_id", "=", search.id), ("kind", "in", ("words", "bytes", "file"))]
        )
        for (table, column), same in hits.grouped(lambda h: (h.table, h.column)).items():
            rows = {hit.row: hit.kind for hit in same if hit.row}
            if column == "store_fname" and table == "ir_attachment":
                files |= rows.keys()
            found += self._of_column(table, column, rows)
        return [
            text
            for text in found
            if not (text["table"] == "ir_attachment" and text["row"] in files and not text["is_file"])
        ]

    def _of_column(self, table, column, rows):
        model = self.models.get(table)
        name = model._name if model is not None else ""
        if name.startswith(OWN_NOTES):
            return
        texts = self._read(table, column, [r for r, kind in rows.items() if kind == "words"])
        owned = self._owned(model, [*rows])
        for row, kind in rows.items():
            if self._is_settled(name, column, row):
                continue
            text = texts.get(row, "")
            is_sure = bool(kind == "words" and self.strong and self.strong.search(text))
            decision, ground = self._proposed(name, column, row, kind, is_sure, row in owned)
            yield {
                "table": table,
                "column": column,
                "row": row,
                "is_sure": is_sure or name in self.reach.rows and row in self.reach.rows[name],
                "is_file": kind == "file",
                "decision": decision,
                "ground": ground,
            }

    def _read(self, table, column, rows):
        if not rows:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, %s::text FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(column),
                    SQL.identifier(table),
                    rows,
                )
            )
        )

    def _is_settled(self, name, column, row):
        """Return whether the steps before take the person out, or a law keeps the row."""
        if row in self.reach.own.get(name, ()) or row in self.kept.rows.get(name, ()):
            return True
        reached = row in self.reach.rows.get(name, ())
        if reached and (self.plan.deletes(name) or column in self.kept.emptied(name)):
            return True
        return not reached and bool(self.kept_by_map(name, column))

    def kept_by_map(self, name, column):
        """Return what the map says of a column that it keeps whatever points at its rows."""
        said = self.plan.columns(name).get(column)
        if not said or said.decision != "keep" or not said.ground:
            return None
        if said.ground == "claims" and self.kept.needs_document(name, said):
            return None
        return self.kept.ended(said)

    def _proposed(self, name, column, row, kind, is_sure, is_owned):
        """Return what is proposed for a value: ``(decision, ground)``."""
        deletes = self.plan.deletes(name)
        if row in self.reach.rows.get(name, ()) and kind == "words":
            return "cut", False
        if kind != "words":
            transient = name in self.env and self.env[name]._transient
            return ("delete" if kind == "bytes" and (transient or deletes) else False), False
        if is_sure:
            if deletes and (not is_owned or self._is_address(column)):
                return "delete", False
            return "cut", False
        if row in self.alike.get(name, ()) or row in self._of_others(name, row):
            return "keep", "others"
        if name in PEOPLE and self._is_identity(name, column):
            return "keep", "others"
        return False, False

    def _is_address(self, column):
        return bool(_ADDRESS.search(column)) and not _AMONG_OTHERS.search(column)

    def _is_identity(self, name, column):
        field = self.env[name]._fields.get(column)
        said = self.plan.columns(name).get(column)
        return field is None or (said and said.decision in ("replace", "empty") and field.type == "char")

    def _owned(self, model, rows):
        """Return the rows that belong to something else, by what they point at."""
        if model is None or not rows:
            return set()
        path = self.env["customer.sheet.place"].sudo().search([("model", "=", model._name)], limit=1).path
        if path in ("hop", "own"):
            return set(rows)
        columns = [
            field.name
            for field in model._fields.values()
            if field.store
            and field.column_type
            and (
                (field.type == "many2one" and field.comodel_name in PEOPLE
                 and field.name not in ("create_uid", "write_uid"))
                or field.type == "many2one_reference"
                or field.name == "res_id"
            )
        ]
        if not columns:
            return set()
        found = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id = ANY(%s) AND COALESCE(%s, 0) <> 0",
                SQL.identifier(model._table),
                rows,
                SQL("COALESCE(%s)", SQL(", ").join(SQL("NULLIF(%s, 0)", SQL.identifier(c)) for c in columns)),
            )
        )
        return {row for (row,) in found}

    def _of_others(self, name, row):
        """Return the row, in a set, if it is about somebody else who is called alike."""
        if name not in self.env or not any(self.alike.values()):
            return set()
        record = self.env[name].sudo().browse(row)
        for field in record._fields.values():
            if field.store and field.type == "many2one" and field.comodel_name in self.alike:
                if field.name in ("create_uid", "write_uid"):
                    continue
                if record[field.name].id in self.alike[field.comodel_name]:
                    return {row}
        pair = next((n for n in ("res_model", "model") if n in record._fields), None)
        if pair and "res_id" in record._fields and record[pair] in self.alike:
            return {row} if record["res_id"] in self.alike[record[pair]] else set()
        return set()
