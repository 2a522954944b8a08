"""Edits in a form that nobody has saved: the record as it will be."""

import math

from odoo.exceptions import UserError

from .. import takes
from ..catalogue.plan_question import ANSWER_TYPES, NUMBER_TYPES

#: Types of fields whose edits are looked at: files and properties say nothing of a sheet.
TYPES = ANSWER_TYPES | {"boolean", "one2many"}

_UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def draft(record, values, names):
    """Return the record with edits that are not saved, never saved itself.

    What the user may not read, and what nobody types, is left out without a word.

    :param values: as ``onchange`` takes them
    :param names: fields that have been loaded
    :raise UserError: a field cannot hold its value
    :raise AccessError: a value is a record that the user may not read
    """
    edits = {name: value for name, value in values.items() if _is_typed(record, name)}
    new = record.new(origin=record)
    try:
        new._update_cache(edits)
        for name in edits:
            _check(new, record._fields[name])
    except _UNREADABLE:
        raise UserError(
            record.env._("Some of what is typed cannot be read. Reload the page.")
        ) from None
    if record:
        _keep(new, record, names, edits)
    return new


def _is_typed(record, name):
    field = record._fields.get(name)
    return (
        field is not None
        and field.type in TYPES
        and not field.readonly
        and name not in record._sheet_protected_fields()
        and record._has_field_access(field, "read")
    )


def _check(new, field):
    value = new[field.name]
    if field.relational:
        if not all(map(takes.is_id, value._origin._ids)):
            raise ValueError(field.name)
        if value != new.env.user:
            value._origin.check_access("read")
    elif field.type in NUMBER_TYPES and not math.isfinite(value):
        raise ValueError(field.name)


def _keep(new, record, names, edits):
    """Let be as it is saved what no edit can change: Odoo would read and compute it anew."""
    changed = {record._fields[name] for name in edits}
    for field in list(changed):
        changed.update(record.pool.get_dependent_fields(field))
    for field in (record._fields[name] for name in names):
        cache = field._get_cache(record.env)
        if field not in changed and record.id in cache:
            field._insert_cache(new, [cache[record.id]])
