"""What the scan has found, sorted: the person's own rows, passages to decide on, and the rest."""

import re

from odoo.tools import email_normalize

from ....tools.contact import email_address
from ..person.known import REASONS
from .person import LEDGER, MACHINERY, PEOPLE, TRACES, is_apart
from .reading import IN_FILES, SECRET

#: How a hit says that it is a record of the person, or may be.
_RECORDS = frozenset(code for code, _label in REASONS)

#: Characters of a text that can be an address, with the name before it.
LONGEST = 300
#: Columns that hold one.
_ADDRESS = re.compile(r"(^|_)e?mail(_|$)")


class Finds:
    """All that was found of a person.

    :ivar own: ``{model: ids}`` of rows that are theirs alone, or given as such
    :ivar found: ``{model: {(number, column)}}`` of what stands in these
    :ivar passages: ``{(model, column, number): kind}`` of what somebody has to decide on
    :ivar withheld: ``{(table, column, number): reason}`` of what is not given; a number is 0
        where all rows of a table are left out for the same reason
    """

    def __init__(self, request, search, known):
        self.env = env = request.env
        self.known = known
        self.withheld, self.passages, self.found = {}, {}, {}
        places = env["customer.sheet.place"].sudo()
        places = places.search_fetch([("model", "in", PEOPLE)], ["model", "field", "category"])
        self._kinds = {(place.model, place.field): place.category for place in places}
        people = env["customer.sheet.person"].sudo()
        own, shared = people._own_rows(known, self._of_address(search, people._spellings(known)))
        given = {(p.table, p.column or "", p.row) for p in request.passage_ids if p.give}
        for name, ids in shared.items():
            for number in ids:
                self.passages[name, "", number] = "shared"
                if (name, "", number) in given:
                    own.setdefault(name, set()).add(number)
        self.own = self._of_open_companies(own)
        self.extracts = {}
        models = env["customer.sheet.search.hit"]._models()
        for hit in search.hit_ids.sorted(lambda hit: (hit.kind not in _RECORDS, hit.id)):
            self._sort(hit, models.get(hit.table))
        whole = {(name, row) for (name, column, row) in self.passages if not column}
        for place in [*self.passages]:
            if place[1] and (place[0], place[2]) in whole:
                del self.passages[place]
        for place, kind in self.passages.items():
            if place not in given:
                self.withheld[place] = kind
            elif kind == "others":
                self.extracts[place] = kind

    def _of_address(self, search, spellings):
        """Yield ``(model, ids)`` of rows in which an address of theirs stands alone."""
        addresses = {each.text for each in spellings if each.kind == "email"}
        addresses = {a for a in addresses if not email_address.is_role(a.partition("@")[0])}
        hits, models = self.env["customer.sheet.search.hit"], search.hit_ids._models()
        written = search.hit_ids.filtered(
            lambda hit: hit.kind == "words" and hit.row and _ADDRESS.search(hit.column)
        )
        for (table, column), same in written.grouped(lambda hit: (hit.table, hit.column)).items():
            model = models.get(table)
            if model is None or model._transient or model._name in PEOPLE or is_apart(model._name):
                continue
            texts = hits._texts(table, column, same.mapped("row")) if addresses else {}
            short = {row: text for row, text in texts.items() if text and len(text) < LONGEST}
            ids = {row for row, text in short.items() if email_normalize(text) in addresses}
            if ids:
                yield model._name, ids

    def _of_open_companies(self, own):
        hits, here = self.env["customer.sheet.search.hit"], {}
        for name, ids in own.items():
            records = self.env[name].sudo().with_context(active_test=False).browse(sorted(ids))
            seen = set(hits._here(records).ids)
            here[name] = seen
            for number in ids - seen:
                self.withheld[name, "", number] = "company"
        return {name: ids for name, ids in here.items() if ids}

    def _sort(self, hit, model):
        if hit.table == "ir_attachment" and hit.kind == "file" and not hit.row:
            self.withheld["ir.attachment", hit.column, 0] = "orphan"
        elif model is None:
            if hit.kind != "pointer":
                self.passages[hit.table, hit.column, hit.row] = "others"
        else:
            self._sort_row(hit, model)

    def _sort_row(self, hit, model):
        name, column, row = model._name, hit.column, hit.row
        is_field = column in model._fields
        if LEDGER.match(name):
            return
        if row in self.own.get(name, ()):
            if not is_field:
                self.withheld[name, column, 0] = "machinery"
            elif SECRET.search(column):
                self.withheld[name, column, 0] = "key"
            else:
                self.found.setdefault(name, set()).add((row, column))
        elif (name, "", row) in self.withheld or (name, "", row) in self.passages:
            return  # the row as a whole is not given, or asked for
        elif TRACES.match(name) or self._is_about_traces(model, row):
            self.withheld[name, column, 0] = "traces"
        elif MACHINERY.match(name) or model._transient or not is_field:
            self.withheld[name, column, 0] = "machinery"
        elif hit.kind in _RECORDS or self._is_called_so(name, column):
            self.passages[name, "", row] = "unsure"
        elif hit.kind == "pointer":
            self.withheld[name, column, row] = "others"
        elif (name, column) == IN_FILES or hit.kind in ("bytes", "file"):
            self.withheld[name, column, row] = "others"
        else:
            self.passages[name, column, row] = "others"

    def _is_called_so(self, name, column):
        """Tell whether a column says how a contact, lead or user is called, or reached."""
        return name in PEOPLE and self._kinds.get((name, column)) == "identity"

    def _is_about_traces(self, model, row):
        fields = model._fields
        named = next((n for n in ("res_model", "model") if n in fields), None)
        if not named or model._name in PEOPLE or fields[named].relational:
            return False
        record = model.sudo().with_context(active_test=False).browse(row).exists()
        return bool(record and TRACES.match(record[named] or ""))
