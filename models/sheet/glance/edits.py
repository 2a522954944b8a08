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
    new.invalidate_recordset(flush=False)  # of what was edited before in this transaction
    try:
        for name, value in edits.items():
            _check_links(record._fields[name], value)
        new._update_cache(edits)
        _check_numbers(new, edits)
    except _UNREADABLE:
        raise UserError(
            record.env._("Some of what is typed cannot be read. Reload the page.")
        ) from None
    _check_access(new, edits)
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


def _check_links(field, value):
    if field.relational and value is not None and value is not False:
        is_list = field.type != "many2one" and isinstance(value, (list, tuple))
        if not (all(map(_is_link, value)) if is_list else takes.is_id(value)):
            raise ValueError(field.name)


def _is_link(value):
    """Tell whether this is a saved record, or a command on one or on a new line of plain values."""
    match value:
        case [0, _, dict(line)] | [0, _, dict(line), *_]:
            return not any(isinstance(each, (dict, list, tuple)) for each in line.values())
        case [1, id_, dict(line)]:
            return takes.is_id(id_) and _is_link([0, 0, line])
        case [2 | 3 | 4, id_, *_]:
            return takes.is_id(id_)
        case [5, *_]:
            return True
        case [6, _, list(ids)]:
            return all(map(takes.is_id, ids))
    return takes.is_id(value)


def _check_numbers(new, names):
    for name in names:
        if new._fields[name].type in NUMBER_TYPES and not math.isfinite(new[name]):
            raise ValueError(name)


def _check_access(new, names):
    """Refuse records that the user may not read: what is shown of an edit is shown of them."""
    for name in names:
        if new._fields[name].relational and (linked := new[name]._origin) != new.env.user:
            linked.check_access("read")


def _keep(new, record, names, edits):
    """Let be as it is saved what no edit can change: Odoo would read and compute it anew."""
    changed = {record._fields[name] for name in edits}
    for field in list(changed):
        changed.update(record.pool.get_dependent_fields(field))
    for field in (record._fields[name] for name in names):
        cache = field._get_cache(record.env)
        if field not in changed and record.id in cache:
            field._insert_cache(new, [cache[record.id]])
