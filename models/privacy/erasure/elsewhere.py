"""Texts and files of something else in which a person stands: what is proposed for each."""

import re

from odoo.tools import SQL

from ..restriction.held import DOCUMENTS
from ..scan import catalogue
from ..scan.letters import words
from . import sets, spelt
from .reach import OWN_NOTES, PEOPLE, WRITERS

#: Columns that say from whom a row is, or to whom alone: with an address of theirs it is theirs.
_ADDRESS_RE = re.compile(r"^(email|email_from|email_to|email_normalized|number|phone|mobile)$")
#: Columns that say whose row it is by name.
_NAMES = frozenset({"name", "partner_name", "contact_name", "nickname"})
#: Files of attachments, and what Odoo has read in them.
_FILES = frozenset({"store_fname", "db_datas", "index_content"})
#: What nobody but the application writes, whoever is called like a word in it.
_SOFTWARE_RE = re.compile(r"^(ir\.(model|module)|web_tour\.)")
#: To whom a row belongs.
NOBODY, SOMETHING, SOMEBODY = range(3)


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
        self.strong = spelt.regex(erasure.spellings or [], strong=True)
        self.called = {
            word.casefold()
            for kind, text, _is_strong in erasure.spellings or []
            if kind in ("name", "word")
            for word in words(text)
        }
        self._apps, self._documents = {}, {}

    def texts(self, search):
        """Return the values of what is to be cut, deleted, or decided by somebody."""
        found, files = [], set()
        hits = self.hits.search(
            [("search_id", "=", search.id), ("kind", "in", ("words", "bytes", "file"))]
        )
        for (table, column), same in hits.grouped(lambda h: (h.table, h.column)).items():
            rows = {hit.row: hit.kind for hit in same if hit.row}
            if table == "ir_attachment" and column in _FILES - {"index_content"}:
                files |= rows.keys()
            found += self._of_column(table, column, rows)
        return [text for text in found if not self._goes_with(text, files)]

    def _goes_with(self, text, files):
        """Return whether a text is what Odoo has read in a file that is decided on."""
        return (text["table"], text["column"]) == ("ir_attachment", "index_content") and (
            text["row"] in files
        )

    def _of_column(self, table, column, rows):
        name = self._name_of(table)
        if name.startswith(OWN_NOTES) or not self._is_written(table, column):
            return
        texts = self.texts_of(table, column, [r for r, kind in rows.items() if kind == "words"])
        owners = self._owners(name, [*rows])
        for row, kind in rows.items():
            is_sure = kind == "words" and self.is_sure(texts.get(row))
            if self._is_settled(name, column, row):
                continue
            if kind == "words" and self.is_software(name, column, row, is_sure):
                continue
            is_file = kind == "file" or (name == "ir.attachment" and column in _FILES)
            text = texts.get(row)
            proposed = self._proposed(name, column, row, kind, is_sure and text, owners.get(row, 0))
            if not proposed[0] and self._is_a_word(name, text, owners.get(row, NOBODY)):
                proposed = "delete", False
            decision, ground = (False, False) if is_file else proposed
            yield {
                "table": table,
                "column": column,
                "row": row,
                "is_sure": is_sure or row in self.reach.rows.get(name, ()),
                "is_file": is_file,
                "decision": decision,
                "ground": ground,
            }

    def _is_written(self, table, column):
        """Return whether one can write a column: else somebody has to see to it by hand."""
        return {"id", column} <= sets.kinds(self.env.cr, table).keys()

    def _name_of(self, table):
        model = self.models.get(table)
        return model._name if model is not None else ""

    def is_sure(self, text):
        """Return whether a text holds what nobody else is called."""
        return bool(text and self.strong and self.strong.search(text))

    def _is_a_word(self, name, text, owner):
        """Return whether a row says nothing but a word of the name, of nobody else: a word that
        others bear is not looked for."""
        return (
            owner == NOBODY
            and self.plan.deletes(name)
            and bool(re.fullmatch(r"\w+", (text or "").strip()))
        )

    def is_software(self, name, column, row, is_sure):
        """Return whether this is only a word of the person's name where nobody is spoken of: in a
        row that came with an app.  What somebody has typed there may mean the person."""
        return (
            not is_sure
            and (name, column) in self.plan.impersonal
            and (bool(_SOFTWARE_RE.match(name)) or row in self._of_apps(name))
        )

    def _of_apps(self, name):
        """Return the ids of the rows of a model that came with apps."""
        if name not in self._apps:
            rows = self.env.execute_query(
                SQL(
                    "SELECT res_id FROM ir_model_data WHERE model = %s AND module NOT LIKE %s",
                    name,
                    r"\_\_%",
                )
            )
            self._apps[name] = {row for (row,) in rows}
        return self._apps[name]

    def texts_of(self, table, column, rows):
        """Return ``{row: text}`` of a column."""
        if not rows or not self._is_written(table, column):
            return {}
        return catalogue.texts_of(self.env.cr, table, column, rows)

    def _is_settled(self, name, column, row):
        """Return whether the steps before take the person out, or a law keeps the row."""
        if row in self.reach.own.get(name, ()) or row in self.kept.rows.get(name, ()):
            return True
        reached = row in self.reach.rows.get(name, ())
        if reached and (self.plan.deletes(name) or column in self.kept.emptied(name)):
            return True
        return not reached and bool(self.kept_by_map(name, column, row))

    def kept_by_map(self, name, column, row):
        """Return what the map says of a column that it keeps whatever points at its rows."""
        said = self.plan.columns(name).get(column)
        if not said or said.decision != "keep" or not said.ground:
            return None
        if self.kept.needs_document(name, said) and not self._is_document(name, row, said):
            return None
        return self.kept.ended(said)

    def _is_document(self, name, row, said):
        """Return whether a row is, or belongs to, a document that is kept; a draft is none."""
        if (name, row) not in self._documents:
            found = [
                self.env.execute_query(
                    SQL(
                        "SELECT %s FROM %s t JOIN %s d ON d.id = %s WHERE t.id = %s",
                        document.where,
                        SQL.identifier(self.env[name]._table),
                        SQL.identifier(self.env[document.model]._table),
                        SQL.identifier("t", column),
                        row,
                    )
                )
                for document, column in self._documents_of(name)
            ]
            found = [is_kept for rows in found for (is_kept,) in rows]
            self._documents[name, row] = any(found) if found else said.ground == "duty"
        return self._documents[name, row]

    def _documents_of(self, name):
        """Yield ``(document, column)`` of what rows of a model are, or belong to."""
        itself = [document for document in DOCUMENTS if document.model == name]
        yield from ((document, "id") for document in itself)
        for document in DOCUMENTS:
            if not itself and document.model in self.env:
                for field in self.env[name]._fields.values():
                    if field.store and field.comodel_name == document.model and field.column_type:
                        yield document, field.name

    def _proposed(self, name, column, row, kind, sure, owner):
        """Return what is proposed for a value, ``(decision, ground)``; nothing where somebody
        has to read it first.

        :param sure: the text, where it names the person beyond doubt
        """
        deletes = self.plan.deletes(name)
        if name == "customer.sheet.consent.payload" and self._is_consent_of_others(row):
            return "keep", "others"
        if kind == "bytes":
            return ("delete" if deletes else False), False
        if row in self.reach.rows.get(name, ()):
            return "cut", False
        if sure and name in PEOPLE and self._is_identity(name, column):
            return False, False
        if sure:
            is_address = bool(_ADDRESS_RE.search(column))
            is_theirs = owner == NOBODY or (owner == SOMETHING and is_address)
            if deletes and is_theirs and is_address and self._is_for_others(name, row, sure):
                return False, False
            return ("delete" if deletes and is_theirs else "cut"), False
        is_name = name in PEOPLE and (
            column not in self.env[name]._fields or (name, column) in self.plan.identity
        )
        if is_name or self._is_of_others(name, row):
            return "keep", "others"
        return False, False

    def _is_for_others(self, name, row, text):
        """Return whether a row with their address is of somebody else, too: it says another name,
        or another address."""
        if "@" in self.strong.sub("", text):
            return True
        fields = self.env[name]._fields if name in self.env else {}
        columns = [n for n in _NAMES & fields.keys() if fields[n].store and fields[n].column_type]
        if not columns:
            return False
        [names] = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE id = %s",
                SQL(", ").join(SQL("%s::text", SQL.identifier(column)) for column in columns),
                SQL.identifier(self.env[name]._table),
                row,
            )
        )
        return any(
            text
            and not self.strong.search(text)
            and self.called.isdisjoint(word.casefold() for word in words(text))
            for text in names
        )

    def _is_consent_of_others(self, row):
        payload = self.env["customer.sheet.consent.payload"].browse(row)
        return self.erasure._is_consent_of_others(payload)

    def _is_identity(self, name, column):
        """Return whether a column of a contact, a lead or a login says who that is."""
        field = self.env[name]._fields.get(column)
        said = self.plan.columns(name).get(column)
        return field is None or bool(
            said and said.decision in ("replace", "empty") and field.type == "char"
        )

    def _owners(self, name, rows):
        """Return ``{row: to whom it belongs}``, by what it points at."""
        if name not in self.env:
            return {}
        model = self.env[name]
        places = self.env["customer.sheet.place"].sudo()
        if places.search([("model", "=", name)], limit=1).path in ("hop", "own"):
            return dict.fromkeys(rows, SOMETHING)
        fields = [f for f in model._fields.values() if f.store and f.column_type]
        people = [
            f.name
            for f in fields
            if f.type == "many2one" and f.comodel_name in PEOPLE and f.name not in WRITERS
        ]
        things = [f.name for f in fields if f.type == "many2one_reference" or f.name == "res_id"]
        if not people and not things:
            return {}
        found = self.env.execute_query(
            SQL(
                "SELECT id, %s > 0, %s > 0 FROM %s WHERE id = ANY(%s)",
                _any(people),
                _any(things),
                SQL.identifier(model._table),
                rows,
            )
        )
        return {
            row: SOMEBODY if of_person else SOMETHING if of_thing else NOBODY
            for row, of_person, of_thing in found
        }

    def _is_of_others(self, name, row):
        """Return whether a row is about somebody else who is called alike."""
        if row in self.alike.get(name, ()):
            return True
        if name not in self.env or not self.alike:
            return False
        record = self.env[name].sudo().browse(row)
        for field in record._fields.values():
            if field.store and field.type == "many2one" and field.name not in WRITERS:
                if record[field.name].id in self.alike.get(field.comodel_name, ()):
                    return True
        pair = next((n for n in ("res_model", "model") if n in record._fields), None)
        if not pair or "res_id" not in record._fields:
            return False
        return record["res_id"] in self.alike.get(record[pair], ())


def _any(columns):
    """Return the SQL of the first of these columns that names something, or 0."""
    named = [SQL("NULLIF(%s, 0)", SQL.identifier(column)) for column in columns]
    return SQL("COALESCE(%s)", SQL(", ").join([*named, SQL("0")]))
