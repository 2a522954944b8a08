import hashlib
from collections import Counter

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....tools.text.fold import letters
from ...sheet import takes
from ...sheet.called import called
from . import headers, target
from .cell import cell_text
from .lists import ListValues
from .reader import RowReader

#: Without any of these nothing says who a row is about.
WHO = frozenset(
    "question:name question:first_name question:last_name question:company question:email"
    " question:phone question:company_registry question:vat field:name field:parent"
    " field:contact_name field:partner_name field:email field:email_from field:phone"
    " split:full_name split:name_email field:sheet_reference".split()
)

#: Rows by which a column without a telling title is recognised.
SAMPLE = 60

DECISIONS = ("match", "add", "aside", "skip")


class CustomerSheetImport(models.Model):
    """The third step: what each column becomes, and each text of a list."""

    _inherit = "customer.sheet.import"

    headers_key = fields.Char(
        readonly=True, index="btree_not_null", help="The same for files with the same titles."
    )

    # -- called by the web client ------------------------------------------------

    @called(one=True, column=takes.number, target=takes.text)
    def map_column(self, column, target=""):
        """Choose what a column becomes, or that it is left out.

        :param column: id of a column of this import
        :param target: a code of :meth:`_targets`; empty: it is left out
        :return: what :meth:`desk` returns
        """
        self._check_open()
        found = self._column(column)
        of = self._target_map().get(target)
        if target and not of:
            raise UserError(self.env._("This cannot be chosen. Reload the page."))
        found.sudo()._with_person(self.env)._become(of)
        return self._mapped()

    @called(one=True, value=takes.number, decision=takes.one_of(*DECISIONS), code=takes.text)
    def map_value(self, value, decision, code=""):
        """Say which value of a list a text of the file is, or what is done with it.

        :param value: id of a text of a column of this import
        :param decision: ``match``, ``add`` (to the list, at once), ``aside`` (into the note of
            the row) or ``skip``
        :param code: of the value, for ``match``
        :return: what :meth:`desk` returns
        """
        self._check_open()
        found = self.env["customer.sheet.import.value"].browse(value).exists()
        column = self._column(found.column_id.id)
        self._decide(found, self._list_of(column), decision, code)
        return self._mapped()

    @called(one=True, column=takes.number, decision=takes.one_of(*DECISIONS[1:]))
    def map_values(self, column, decision):
        """Do the same with all texts of a column that are no value of its list yet.

        :param column: id of a column of this import
        :param decision: ``add``, ``aside`` or ``skip``
        :return: what :meth:`desk` returns
        """
        self._check_open()
        column = self._column(column)
        values = self._list_of(column)
        for text in column.value_ids.filtered(lambda each: not each.value):
            self._decide(text, values, decision)
        return self._mapped()

    def _column(self, column_id):
        column = self.column_ids.filtered(lambda each: each.id == column_id)
        if not column:
            raise UserError(self.env._("This column no longer exists. Reload the page."))
        return column

    def _list_of(self, column):
        of = self._target_map().get(column.target or "")
        if not of or not of.is_listed:
            raise UserError(self.env._("This column no longer names values. Reload the page."))
        return ListValues(self.env, of, column.header or "")

    def _decide(self, text, values, decision, code=""):
        if decision == "match" and code not in dict(values.choices()):
            raise UserError(self.env._("This value is not in the list. Reload the page."))
        if decision == "add":
            if not values.may_add:
                raise UserError(
                    self.env._(
                        "You may not add “%(text)s” to the list “%(list)s”. Choose another value,"
                        " or ask a data steward.",
                        text=text.text,
                        list=values.target.label,
                    )
                )
            code = text.value if text.decision == "add" else values.add(text.text)
        value = code if decision in ("match", "add") else False
        text.sudo().write({"decision": decision, "value": value})

    def _mapped(self):
        """Forget what was reviewed before, and return the desk."""
        if self.state == "checked":
            self.sudo().state = "read"
        self._forget_check()
        return self._desk()

    # -- what columns may become ---------------------------------------------------

    def _target_map(self):
        """Return ``{code: Target}`` of what the columns may become, for this user."""
        return target.every(self.env, self.host, self.company_id)

    def _targets(self):
        """Return ``[{"label", "items": [{"code", "label", "kind"}]}]`` for the picker."""
        groups = {}
        for each in self._target_map().values():
            item = {"code": each.code, "label": each.label, "kind": each.kind}
            groups.setdefault(each.group, []).append(item)
        return [{"label": label, "items": items} for label, items in groups.items()]

    # -- suggestions -----------------------------------------------------------------

    def _columns_read(self):
        """Suggest what each column becomes: as its codes say, as before, or by its title."""
        person = self.user_id
        desk = self.with_context(lang=person.lang or self.env.lang)
        asking = self.with_user(person).with_context(lang=person.lang or self.env.lang)
        desk.headers_key = self._headers_key()
        targets = asking._target_map()
        columns = desk.column_ids
        coded = self._coded(columns, targets)
        known = {} if coded else asking._remembered(targets)
        samples = self._samples()
        labels = {code: each.label for code, each in targets.items()}
        found = headers.suggest(samples, labels) if not (coded or known) else []
        for place, column in enumerate(columns):
            column = column._with_person(asking.env)
            if coded:
                column._become(targets.get(coded[place]), asking.env._("code of the template"))
            elif known:
                code, why, values = known.get(letters(column.header or ""), ("", "", {}))
                column._become(targets.get(code), why, values)
            else:
                code, why, fact = found[place]
                column._become(targets.get(code), asking._why(why, fact))
        return super()._columns_read()

    def _samples(self):
        """Return ``[(title, [some different texts])]`` of the columns."""
        rows = self.env["customer.sheet.import.row"]
        rows = rows.search_fetch([("import_id", "=", self.id)], ["cells"], limit=SAMPLE)
        cells = [row.cells or [] for row in rows]
        return [
            (
                column.header or "",
                list(
                    dict.fromkeys(
                        cell_text(row[column.position])
                        for row in cells
                        if column.position < len(row) and row[column.position] is not None
                    )
                ),
            )
            for column in self.column_ids
        ]

    @api.model
    def _why(self, why, fact):
        """Return why something is suggested, in words."""
        words = {
            "name": self.env._("usual title"),
            "label": self.env._("same name"),
            "looks": self.env._("by what is in it"),
        }
        return self.env._("like “%(title)s”", title=fact) if why == "alike" else words.get(why, "")

    def _headers_key(self):
        titles = sorted(letters(column.header or "") for column in self.column_ids)
        return hashlib.sha1("|".join(titles).encode(), usedforsecurity=False).hexdigest()

    def _coded(self, columns, targets):
        """Return the code of each column where the file carries them, as templates do."""
        codes = (self.looked or {}).get("codes") or []
        titles = [column.header or "" for column in columns]
        if not any(codes) and len([title for title in titles if title in targets]) > 1:
            codes = titles
        return codes + [""] * (len(columns) - len(codes)) if any(codes) else []

    def _remembered(self, targets):
        """Return ``{title: (code, why, decisions)}`` of the last file with the same titles."""
        domain = [
            ("headers_key", "=", self.headers_key),
            ("host", "=", self.host),
            ("company_id", "=", self.company_id.id),
            ("id", "<", self.id),
            ("column_ids.target", "!=", False),
        ]
        before = self.sudo().search(domain + [("user_id", "=", self.user_id.id)], limit=1)
        before = before or self.sudo().search(domain, limit=1)
        when = format_date(self.env, before.create_date)
        return {
            letters(column.header or ""): (
                column.target,
                self.env._("as on %(date)s", date=when),
                column._known_values(),
            )
            for column in before.column_ids
            if column.target in targets
        }

    # -- reading rows ------------------------------------------------------------------

    def _row_reader(self):
        """Return a :class:`RowReader` of the rows of this import, for this user."""
        return RowReader(self)

    def _row_values(self, cells):
        """Return ``(values, problems)`` of one row; of many, :meth:`_row_reader` is faster.

        :param cells: the cells in the order of the columns
        :return: plain values by target, and ``[{"position", "code", "words", "soft"}]``: a soft
            one is told, and does not keep the row from being imported
        """
        return self._row_reader().all([cells])[0]

    def _decisions(self):
        """Return ``{position: {text in lower case: (decision, code)}}``."""
        return {
            column.position: {
                each.text.casefold(): (each.decision, each.value or "") for each in column.value_ids
            }
            for column in self.column_ids
        }

    @api.model
    @tools.ormcache("country")
    def _states(self, country):
        """Return ``{name or code in lower case: id}`` of the states of a country."""
        states = self.env["res.country.state"].sudo()
        found = states.search([("country_id.code", "=", country)])
        return {
            text.casefold(): state.id
            for state in found
            for text in (state.code, state.name)
            if text
        }

    # -- what the screen shows -----------------------------------------------------------

    def _desk(self):
        desk = super()._desk()
        if self.column_ids:
            desk["columns"] = self._columns_part()
        return desk

    def _columns_part(self):
        """Return the columns with what they become, and the texts of lists."""
        targets = self._target_map()
        return {
            "columns": [
                {
                    "id": column.id,
                    "position": column.position,
                    "header": column.header or "",
                    "examples": column._examples(),
                    "target": column.target or "",
                    "target_label": targets[column.target].label
                    if column.target in targets
                    else "",
                    "suggested": bool(column.why),
                    "why": column.why or "",
                }
                for column in self.column_ids
            ],
            "targets": self._targets(),
            "values": [
                self._values_part(column, targets[column.target])
                for column in self.column_ids
                if column.value_ids and column.target in targets
            ],
            "warnings": self._mapping_warnings(targets),
        }

    def _values_part(self, column, of):
        values = ListValues(self.env, of, column.header or "")
        return {
            "column_id": column.id,
            "header": column.header or of.label,
            "label": of.label,
            "may_add": values.may_add,
            "rows": column.value_ids._shown(),
            "choices": [list(each) for each in values.choices()],
        }

    def _mapping_warnings(self, targets):
        """Return what is to be thought of, in sentences."""
        chosen = Counter(column.target for column in self.column_ids if column.target in targets)
        found = []
        if not WHO & set(chosen):
            found.append(
                self.env._(
                    "No column says who the customer is: choose the one with the name, the company,"
                    " the e-mail address or the phone number."
                )
            )
        for code, count in chosen.items():
            if count > 1 and targets[code].kind not in target.SHARED:
                found.append(
                    self.env._(
                        "%(count)s columns become “%(target)s”: the first that is filled counts.",
                        count=count,
                        target=targets[code].label,
                    )
                )
        is_consent = any(code.startswith("consent:") for code in chosen)
        if is_consent and not {"consent_date", "consent_source"} <= set(chosen):
            found.append(
                self.env._(
                    "Consents without their date and where they come from are kept as a trace,"
                    " and allow nothing."
                )
            )
        return found
