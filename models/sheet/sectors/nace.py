"""NACE codes, checked and labelled by python-stdnum."""

from stdnum.exceptions import ValidationError

from ....tools.ids.stdnum_data import module

_nace = module("eu.nace")


def activity(code):
    """Return the name of the activity of a NACE code, ``""`` where there is no such code.

    >>> activity("25.62"), activity("99.99"), activity("xyz")
    ('Machining', '', '')
    """
    try:
        return _nace.get_label(_nace.validate(code or ""))
    except ValidationError:
        return ""
