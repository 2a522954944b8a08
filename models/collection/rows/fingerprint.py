"""What people can change of a record, in a few letters: whether anybody has."""

from odoo.tools import SQL

#: What Odoo writes by itself.
BY_ITSELF = {"id", "create_uid", "create_date", "write_uid", "write_date"} | {
    *("probability", "automated_probability", "date_last_stage_update", "duration_tracking")
}


def fingerprints(records):
    """Return ``{id: fingerprint}`` of what people can change of these records, in one query."""
    if not records:
        return {}
    records.env.flush_all()
    rest = sorted(set(records._fields) - _typed(records))
    found = records.env.execute_query(
        SQL(
            "SELECT r.id, md5((to_jsonb(r) - %s)::text) FROM %s r WHERE r.id = ANY(%s)",
            rest,
            SQL.identifier(records._table),
            records.ids,
        )
    )
    return dict(found)


def _typed(records):
    """Return the names of the columns that people fill in."""
    protected = records._sheet_protected_fields() | BY_ITSELF
    return {
        name
        for name, field in records._fields.items()
        if field.store
        and field.column_type
        and name not in protected
        and not (field.compute and (field.readonly or name.startswith("sheet_")))
    }
