"""What an argument of a public method may be: functions that tell whether a value is such a thing.

See :func:`called.called`.
"""

from datetime import date, datetime
from uuid import UUID

from odoo import fields

#: The largest number that a column of ids can hold.
LARGEST = 2**31 - 1
#: Nothing that a method takes is nested deeper.
DEEPEST = 8


def is_storable(value, depth=0):
    """Return whether PostgreSQL can hold every text in ``value``."""
    if depth > DEEPEST:
        return False
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= each <= "\udfff" for each in value)
    if isinstance(value, dict):
        return is_storable([*value.keys(), *value.values()], depth + 1)
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(is_storable(each, depth + 1) for each in value)
    return True


def is_id(value):
    """Return whether this can be the id of a saved record."""
    return number(value) and value > 0


def number(value):
    """Return whether this is a whole number that a column can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def seconds(value):
    """Return whether this is a duration."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= LARGEST


def text(value):
    """Return whether this is a text."""
    return isinstance(value, str)


def uuid(value):
    """Return whether this is a UUID, as devices and programs make them."""
    try:
        return text(value) and bool(UUID(value))
    except ValueError:
        return False


def anything(value):
    """Return whether this is a value that a person can have typed."""
    return isinstance(value, (str, int, float))


def numbers(value):
    """Return whether these are whole numbers."""
    return isinstance(value, (list, tuple)) and all(map(number, value))


def groups(value):
    """Return whether these are records, each with the records that go into it."""
    return isinstance(value, (list, tuple)) and all(
        isinstance(each, (list, tuple))
        and len(each) == 2
        and is_id(each[0])
        and numbers(each[1])
        and all(map(is_id, each[1]))
        for each in value
    )


def texts(value):
    """Return whether these are texts."""
    return isinstance(value, (list, tuple)) and all(map(text, value))


def values(value):
    """Return whether these are values by name."""
    return isinstance(value, dict) and all(map(text, value))


def numbers_by_name(value):
    """Return whether these are whole numbers by name."""
    return values(value) and all(map(number, value.values()))


def references(value):
    """Return whether these name records, each as ``{"model", "id"}``."""
    return isinstance(value, (list, tuple)) and all(
        values(each) and text(each.get("model")) and is_id(each.get("id")) for each in value
    )


def one_of(*known):
    """Return what tells whether a value is one of these."""
    return lambda value: text(value) and value in known


def day(value):
    """Return whether this is a date."""
    return isinstance(value, date) or (isinstance(value, str) and _parses(fields.Date, value))


def moment(value):
    """Return whether this is a date with a time."""
    return isinstance(value, datetime) or (
        isinstance(value, str) and _parses(fields.Datetime, value)
    )


def _parses(field, value):
    try:
        return bool(field.to_datetime(value) if field is fields.Datetime else field.to_date(value))
    except (ValueError, OverflowError):
        return False


#: Kinds that a method takes empty, too.
SIMPLE = (number, seconds, text, anything, day, moment)
