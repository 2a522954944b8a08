import re

from odoo import api, fields, models

from ...sheet import references
from ...sheet.called import called
from ..person.known import REASONS
from ..row import open_row
from . import catalogue, patterns
from .readable import readable

KINDS = [
    *REASONS,
    ("pointer", "A field names the person"),
    ("words", "Written in it"),
    ("bytes", "Written in the bytes of it"),
    ("file", "Written in a file"),
]
#: Letters around what was found.
AROUND = 40

_TAGS_RE = re.compile(r"<[^<>]*>|\s+")


class CustomerSheetSearchHit(models.Model):
    """One place in which a person was found: a row and a column, or a file.

    The extract is read from the place itself whenever somebody looks: there is no copy of it.
    """

    _name = "customer.sheet.search.hit"
    _description = "Place Where a Person Was Found"
    _order = "in_map, certain desc, table, row desc, id"
    _rec_name = "table"

    search_id = fields.Many2one(
        "customer.sheet.search", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="search_id.company_id", related_sudo=False)
    table = fields.Char(required=True, readonly=True)
    column = fields.Char(required=True, readonly=True)
    row = fields.Integer("Number", readonly=True, aggregator=None)
    kind = fields.Selection(KINDS, "Why", required=True, readonly=True)
    certain = fields.Boolean(readonly=True)
    in_map = fields.Boolean("In the map", readonly=True)
    model_label = fields.Char("Where", compute="_compute_labels")
    field_label = fields.Char("Field", compute="_compute_labels")
    can_open = fields.Boolean(compute="_compute_labels")
    snippet = fields.Char("Extract", compute="_compute_snippet")

    @api.depends("table", "column")
    @api.depends_context("lang", "uid")
    def _compute_labels(self):
        models_ = self._models()
        for hit in self:
            model = models_.get(hit.table)
            field = model._fields.get(hit.column) if model is not None else None
            name = self.env["ir.model"]._get(model._name).name if model is not None else ""
            hit.model_label = name or hit.table
            hit.field_label = field._description_string(self.env) if field else hit.column
            hit.can_open = bool(hit.row and model is not None and model.has_access("read"))

    @api.depends("table", "column", "row", "kind")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_snippet(self):
        self.snippet = False
        worded = self.filtered(lambda hit: hit.kind == "words" and hit.row)
        for search, hits in worded.grouped("search_id").items():
            if not search.sudo()._person():
                continue
            regex = patterns.regex(*search.sudo()._spelt())
            for (table, column), same in hits.grouped(lambda h: (h.table, h.column)).items():
                texts = self._texts(table, column, same.mapped("row"))
                for hit in same:
                    hit.snippet = extract(texts.get(hit.row), regex)

    @api.model
    def _texts(self, table, column, rows):
        """Return ``{row: text}`` of a column; rows of companies that are not open are left out."""
        model = self._models().get(table)
        if model is not None:
            rows = self._here(model.sudo().with_context(active_test=False).browse(rows)).ids
        return catalogue.texts_of(self.env.cr, table, column, rows) if rows else {}

    @api.model
    def _here(self, records):
        """Return those of the companies that are open, themselves and what they are about."""
        records = records.exists()
        open_ids = {*self.env.companies.ids, 0}
        for field in records._fields.values():
            if field.store and field.type == "many2one" and field.comodel_name == "res.company":
                records = records.filtered(lambda r, name=field.name: r[name].id in open_ids)
            elif field.store and field.name == "company_id" and field.type == "integer":
                records = records.filtered(lambda r: r.company_id in open_ids)
        model = next((n for n in ("res_model", "model") if n in records._fields), None)
        if model and "res_id" in records._fields and records._fields["res_id"].store:
            for name, about in records.grouped(model).items():
                if name in self.env and name != records._name and self.env[name]._auto:
                    targets = self.env[name].sudo().with_context(active_test=False)
                    targets = targets.browse([r.res_id for r in about if r.res_id]).exists()
                    away = set((targets - self._here(targets)).ids)
                    records -= about.filtered(lambda r, away=away: r.res_id in away)
        return records

    @api.model
    def _models(self):
        """Return ``{table: model}`` of the registry."""
        return {t: self.env[name] for t, name in references.by_table(self.env).items()}

    @api.model
    def _expected(self):
        """Return a function that says whether the map expects a person in a column of a table."""
        models_, personal = self._models(), self.env["customer.sheet.place"]._personal()
        around = {name for name, _field in personal}
        relations = {
            field.relation
            for model in models_.values()
            for field in model._fields.values()
            if field.type == "many2many" and field.store
        }

        def expected(table, column, kind):
            model = models_.get(table)
            if kind == "file":
                return column == "store_fname"
            if kind not in ("words", "bytes"):
                return model is not None or table in relations
            if model is None:
                return False
            # a column that is no field, as those that we compare by, is like the others there
            is_field = column in model._fields
            return (model._name, column) in personal or (not is_field and model._name in around)

        return expected

    @called(one=True)
    def action_open(self):
        """Open the record in which the person was found, if the user may read it."""
        model = self._models().get(self.table)
        return open_row(self.env, model._name if model is not None else "", self.row)


def extract(text, regex):
    """Return the words around what was found in a text.

    >>> import re
    >>> extract("<p>Call <b>Zoé</b> now</p>", re.compile("Zoé"))
    'Call Zoé now'
    """
    text = readable(text or "", regex)
    found = regex.search(text)
    if not found:
        return False
    start, end = max(found.start() - AROUND, 0), found.end() + AROUND
    cut = _TAGS_RE.sub(" ", text[start:end])
    return f"{'…' if start else ''}{' '.join(cut.split())}{'…' if end < len(text) else ''}"
