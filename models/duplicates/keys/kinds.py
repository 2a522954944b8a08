"""What records may have in common, and how its hash is held."""

from odoo import fields


class BigInteger(fields.Integer):
    """A number of 64 bits, as PostgreSQL's ``hashtextextended`` returns."""

    _column_type = ("int8", "int8")


#: What an archived contact is known by: told in the form, never in the queue.
ARCHIVED = "archived"

KIND_NAMES = [
    ("email", "E-mail address"),
    ("phone", "Phone number"),
    ("company", "Legal entity"),
    ("establishment", "Establishment"),
    ("vat", "VAT number"),
    ("other", "Other identifier"),
    ("domain", "Domain"),
    ("local", "Name in the e-mail address"),
    ("name", "Sound of the name"),
    ("firm", "Company name"),
    ("place", "Name and postal code"),
    ("birth", "Date of birth"),
    ("street", "Street address"),
    (ARCHIVED, "Identity of an archived contact"),
]
