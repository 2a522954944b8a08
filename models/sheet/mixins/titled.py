from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: Stands around the name of a part in a sentence; no text holds it.
MARK = "\x1f"


class CustomerSheetTitledMixin(models.AbstractModel):
    """Records whose name is a sentence in the reader's language, found by what they read.

    A model says the sentence in ``_title`` and its parts twice: for records in
    ``_title_parts``, for a search in ``_title_sql``.
    """

    _name = "customer.sheet.titled.mixin"
    _description = "Name Put Together for the Reader"

    name = fields.Char(compute="_compute_name", search="_search_name")

    @api.depends_context("lang")
    def _compute_name(self):
        for record in self:
            record.name = record._title(**record._title_parts())

    @api.model
    def _search_name(self, operator, value):
        field = self._fields["name"]

        def to_sql(model, alias, query):
            return field.condition_to_sql("name", operator, value, model, alias, query)

        return Domain.custom(to_sql=to_sql)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "name":
            return super()._field_to_sql(alias, field_expr, query)
        parts = self._title_sql(alias)
        pieces = self._title(**{part: f"{MARK}{part}{MARK}" for part in parts}).split(MARK)
        words = [parts[piece] if odd % 2 else piece for odd, piece in enumerate(pieces)]
        return SQL("concat(%s)", SQL(", ").join(SQL("%s::text", word) for word in words))

    @api.model
    def _title(self, **parts):
        """Return the sentence around its parts."""
        raise NotImplementedError

    def _title_parts(self):
        """Return the parts of one record's sentence."""
        raise NotImplementedError

    @api.model
    def _title_sql(self, alias):
        """Return ``{part: SQL}``, what :meth:`_title_parts` says for a row of ``alias``."""
        raise NotImplementedError

    @api.model
    def _labels(self, name):
        """Return ``{value: label}`` of a selection field for the reader."""
        return dict(self._fields[name]._description_selection(self.env))

    @api.model
    def _label_sql(self, alias, name):
        """Return the SQL of what a selection field shows."""
        labels = SQL(" ").join(SQL("WHEN %s THEN %s", *each) for each in self._labels(name).items())
        return SQL("CASE %s %s END", SQL.identifier(alias, name), labels)
