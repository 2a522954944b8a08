from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL


class CustomerSheetMerge(models.Model):
    """References inside JSON: values by company, properties, default values."""

    _inherit = "customer.sheet.merge"

    @api.model
    def _move_json(self, operation):
        """Move the references that are not columns of their own."""
        self._move_by_company(operation)
        self._move_defaults(operation)
        for field, name, in_list in self._property_names(operation.model):
            self._move_property(operation, field, name, in_list)

    @api.model
    def _move_by_company(self, operation):
        """Move many2one values that differ by company: ``{company: id}``."""
        for field in self.env.registry.many2one_company_dependents[operation.model]:
            column = SQL.identifier("t", field.name)
            entries = SQL("jsonb_each_text(%s)", column)
            moved = SQL(
                "(SELECT jsonb_object_agg(e.key, COALESCE(m.survivor, e.value::int))"
                " FROM %s e LEFT JOIN %s ON m.tail = e.value::int)",
                entries,
                _mapping(operation),
            )
            self._rewrite(operation, self.env[field.model_name], field.name, entries, moved)

    @api.model
    def _rewrite(self, operation, model, name, entries, moved):
        """Set the column ``name`` to ``moved`` in the rows where ``entries`` has a tail."""
        table = SQL.identifier(model._table)
        rows = self.env.execute_query(
            SQL(
                "SELECT t.id, min(m.merge) FROM %s t CROSS JOIN LATERAL %s AS e(key, value)"
                " JOIN %s ON m.tail::text = e.value WHERE %s IS NOT NULL GROUP BY t.id",
                table,
                entries,
                _mapping(operation),
                SQL.identifier("t", name),
            )
        )
        rows = [
            row
            for row in rows
            if model._name != operation.model or row[0] not in operation.merge_of
        ]
        if rows:
            operation.images.take(model._table, rows)
            ids = [row_id for row_id, _merge in rows]
            self.env.cr.execute(
                SQL(
                    "UPDATE %s t SET %s = %s WHERE t.id = ANY(%s)",
                    table,
                    SQL.identifier(name),
                    moved,
                    ids,
                )
            )

    @api.model
    def _move_defaults(self, operation):
        """Move default values, which are kept as JSON texts."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT d.id, m.merge
                  FROM ir_default d
                  JOIN ir_model_fields f ON f.id = d.field_id
                  JOIN %s ON d.json_value = m.tail::text
                 WHERE f.relation = %s
                   AND f.ttype = 'many2one'
                """,
                _mapping(operation),
                operation.model,
            )
        )
        if rows:
            operation.images.take("ir_default", rows)
            operation.tables.add("ir_default")
            self.env.cr.execute(
                SQL(
                    "UPDATE ir_default d SET json_value = m.survivor::text FROM %s"
                    " WHERE d.json_value = m.tail::text AND d.id = ANY(%s)",
                    _mapping(operation),
                    [row_id for row_id, _merge in rows],
                )
            )

    # -- properties --------------------------------------------------------

    @api.model
    def _property_names(self, model):
        """Return ``[(field, property, in a list?)]`` of the properties that point at ``model``."""
        found = defaultdict(set)
        for name in self.env.registry:
            record = self.env[name]
            if record._abstract or record._transient or not record._auto:
                continue
            for field in record._fields.values():
                if field.type == "properties" and field.store and field.definition_record:
                    holder = self.env[record._fields[field.definition_record].comodel_name]
                    found[holder, field.definition_record_field].add(field)
        names = []
        for (holder, definition), fields_ in found.items():
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT d->>'name', d->>'type'
                      FROM %s p, jsonb_array_elements(%s) d
                     WHERE jsonb_typeof(%s) = 'array'
                       AND d->>'comodel' = %s
                       AND d->>'type' IN ('many2one', 'many2many')
                    """,
                    SQL.identifier(holder._table),
                    SQL.identifier("p", definition),
                    SQL.identifier("p", definition),
                    model,
                )
            )
            names += [(f, name, kind == "many2many") for f in fields_ for name, kind in rows]
        return names

    @api.model
    def _move_property(self, operation, field, name, in_list):
        column = SQL.identifier("t", field.name)
        if in_list:
            entries = SQL(
                "(SELECT '', v FROM jsonb_array_elements_text(CASE jsonb_typeof(%(c)s->%(n)s)"
                " WHEN 'array' THEN %(c)s->%(n)s ELSE '[]' END) v)",
                c=column,
                n=name,
            )
            value = SQL(
                "(SELECT jsonb_agg(DISTINCT COALESCE(m.survivor, v::int))"
                " FROM jsonb_array_elements_text(%s->%s) v LEFT JOIN %s ON m.tail::text = v)",
                column,
                name,
                _mapping(operation),
            )
        else:
            entries = SQL("(SELECT '', %s->>%s)", column, name)
            value = SQL(
                "(SELECT to_jsonb(m.survivor) FROM %s WHERE m.tail::text = %s->>%s)",
                _mapping(operation),
                column,
                name,
            )
        moved = SQL("jsonb_set(%s, ARRAY[%s], %s)", column, name, value)
        self._rewrite(operation, self.env[field.model_name], field.name, entries, moved)


def _mapping(operation):
    """Return the tails and survivors as rows of ``m``."""
    return SQL(
        "unnest(%s::int[], %s::int[], %s::int[]) AS m(tail, survivor, merge)",
        *map(list, zip(*operation.mapping, strict=True)),
    )
