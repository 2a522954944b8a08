"""NACE codes, checked and labelled by python-stdnum."""

from importlib.machinery import SourceFileLoader

import stdnum
from stdnum.eu import nace
from stdnum.exceptions import ValidationError

# Odoo wraps the import of stdnum in a loader that cannot read the package's data files
# (odoo/_monkeypatches/__init__.py), on which NACE, IBAN and others rely.
if not hasattr(stdnum.__spec__.loader, "get_resource_reader"):
    _loader = SourceFileLoader("stdnum", stdnum.__file__)
    stdnum.__spec__.loader.get_resource_reader = _loader.get_resource_reader


def activity(code):
    """Return the name of the activity of a NACE code, ``""`` where there is no such code.

    >>> activity("25.62"), activity("99.99"), activity("xyz")
    ('Machining', '', '')
    """
    try:
        return nace.get_label(nace.validate(code or ""))
    except ValidationError:
        return ""
