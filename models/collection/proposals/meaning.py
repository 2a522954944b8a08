"""Whether two answers say the same, however they are written."""

from odoo.models import BaseModel

from ....tools.contact import phone_number
from ....tools.text import filler, fold
from ...sheet.catalogue.plan_question import NUMBER_TYPES, TEXT_TYPES

#: What of a company's numbers, and of phone numbers, a field of the host holds.
_IDS = {"registry", "vat"}
_PHONES = {"phone", "phone2"}


def meaning(record, name, value):
    """Return what a value means in the field ``name`` of a record, ``None`` for no value.

    :param value: as ``write`` takes it, or as the record holds it
    """
    field = record._fields[name]
    if isinstance(value, BaseModel):
        return frozenset(value._origin.ids) or None
    # of no record: a list would add to what the record holds, and make its ids new ones
    held = field.convert_to_cache(value, record.browse(), validate=False)
    if not held:
        return None
    if field.relational:
        return frozenset([held] if field.type == "many2one" else held)
    if field.type in NUMBER_TYPES:
        return round(held, 6)
    return _of_text(record, name, held) if field.type in TEXT_TYPES else held


def means(record, one, other):
    """Tell whether two answers, as ``write`` takes them, mean the same."""
    return one.keys() == other.keys() and all(
        meaning(record, name, one[name]) == meaning(record, name, other[name]) for name in one
    )


def stands(record, code, written):
    """Tell whether an answer is what the record holds already, in whichever field."""
    if means(record, {name: record[name] for name in written}, written):
        return True
    if len(written) > 1:
        return False
    [(name, value)] = written.items()
    said, kind = meaning(record, name, value), _kind(record._fields[name])
    return any(
        _kind(field) == kind and meaning(record, field.name, record[field.name]) == said
        for field in holding(record, code)
    )


def holding(record, code):
    """Return the fields that may hold the answer to a question of the catalogue in force."""
    questions = (q for q in record._sheet_plan().questions if q.code == code)
    return [holder.field for question in questions for holder in question.own_holders]


def _kind(field):
    return field.type, field.comodel_name


def _of_text(record, name, text):
    roles = {field: role for role, field in record._sheet_quality_sources().items()}
    role = roles.get(name)
    if role in _IDS:
        return fold.letters(text) or None
    if role in _PHONES:
        country = record.country_id.code or ""
        fallback = record._sheet_company_country_code()
        return phone_number.check(text, country, fallback).value or fold.letters(text)
    if record._fields[name].type == "html":
        text = filler.visible_text(text)
    return " ".join(text.split()).casefold() or None
